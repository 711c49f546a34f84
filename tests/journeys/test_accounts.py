"""Accounts in a browser that obeys our content security policy to the letter."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from community.models import AccessToken, Member
from tests.factories.community import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_authenticator(page):
    """A device of the browser's own that says yes to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def type_password_again(page):
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Confirm").click()
        page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def sign_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/logout/" not in url)


def test_a_passkey_is_made_and_opens_the_door(signed_in):
    mara = signed_in("mara")
    page = mara.page
    give_authenticator(page)
    page.goto("/accounts/2fa/webauthn/add/")
    type_password_again(page)
    page.get_by_label(re.compile("Passwordless", re.I)).check()
    page.get_by_role("main").get_by_role("button", name="Add").click()
    page.wait_for_url(re.compile("/2fa/"))
    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto("/settings/")
    expect(page.get_by_role("heading", name="Profile")).to_be_visible()
    assert mara.complaints == []


def test_a_passkey_that_nobody_has_is_said_so(person):
    visitor = person()
    page = visitor.page
    give_authenticator(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey did not work.")).to_be_visible()
    assert visitor.complaints == []


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_an_authenticator_app_is_asked_at_the_door(signed_in):
    mara = signed_in("mara")
    page = mara.page
    page.goto("/accounts/2fa/totp/activate/")
    type_password_again(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill(code_for(secret))
    page.get_by_role("main").get_by_role("button", name="Activate").click()
    page.wait_for_url(re.compile("/recovery-codes/|/2fa/$"))
    page.goto("/accounts/2fa/recovery-codes/")
    sign_out(page)
    mara.sign_in("mara@example.org")
    expect(page.locator("input[name=code]")).to_be_visible()
    assert mara.complaints == []


def test_the_settings_are_kept_and_the_page_changes_its_language(signed_in, scripted):
    mara = signed_in("mara", scripted=scripted)
    page = mara.page
    page.goto("/settings/")
    page.get_by_label("Your name").fill("Mara L.")
    page.get_by_role("combobox", name="Language").select_option("de")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.locator("html[lang=de]")).to_be_attached()
    assert Member.objects.get().display_name == "Mara L."
    page.get_by_role("contentinfo").get_by_role("button", name="English").click()
    expect(page.locator("html[lang=en]")).to_be_attached()
    assert mara.complaints == []


def test_a_visitor_chooses_a_language_without_scripts(person):
    visitor = person(scripted=False)
    visitor.page.goto("/accounts/login/")
    visitor.page.get_by_role("contentinfo").get_by_role("button", name="Deutsch").click()
    expect(visitor.page.locator("html[lang=de]")).to_be_attached()
    assert visitor.page.url.endswith("/accounts/login/")
    assert visitor.complaints == []


def test_a_token_is_made_and_revoked_without_scripts(signed_in):
    mara = signed_in("mara", scripted=False)
    page = mara.page
    page.goto("/settings/tokens/")
    page.get_by_label("What it is for").fill("Export")
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_text(re.compile(r"^plenum_\w{40}$"))).to_be_visible()
    page.get_by_role("button", name="Revoke Export").click()
    expect(page.get_by_text("You have no tokens.")).to_be_visible()
    assert not AccessToken.objects.live().exists()
    assert mara.complaints == []
