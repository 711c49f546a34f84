"""Staff prove a second factor before any page of the admin."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from community.models import SignIn
from config import settings as ours

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "a-horse-battery-staple"
EXPLAINED = "/staff/second-factor/"


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.STAFF_NEED_SECOND_FACTOR = True


@pytest.fixture
def clerk(admin_member):
    """An administrator with a password and a confirmed address."""
    admin_member.set_password(PASSWORD)
    admin_member.save()
    EmailAddress.objects.create(
        user=admin_member, email=admin_member.email, verified=True, primary=True
    )
    return admin_member


def code():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def signs_in(clerk, place="/admin/"):
    """Types the password; returns the browser and where it leads."""
    browser = Client()
    sent = {"login": clerk.email, "password": PASSWORD, "next": place}
    return browser, browser.post("/accounts/login/", sent).headers["Location"]


def test_who_has_none_is_told_why_and_how_to_set_one_up(clerk, signed_in):
    browser = signed_in(clerk)
    led = browser.get("/admin/community/member/?q=mara").headers["Location"]
    assert led == f"{EXPLAINED}?next=%2Fadmin%2Fcommunity%2Fmember%2F%3Fq%3Dmara"
    page = browser.get(led).content.decode()
    assert "/accounts/2fa/webauthn/add/" in page
    assert "/accounts/2fa/totp/activate/" in page
    assert 'href="/admin/community/member/?q=mara"' in page


@pytest.mark.parametrize(
    "address",
    ["/admin/", "/admin/login/", "/admin/logout/", "/admin/jsi18n/", "/admin/moderation/",
     "/admin/autocomplete/", "/admin/password_change/", "/admin/search/"],
)  # fmt: skip
def test_no_page_of_the_admin_opens_without(clerk, signed_in, address):
    browser = signed_in(clerk)
    for answer in (browser.get(address), browser.post(address)):
        assert answer.headers["Location"].startswith(EXPLAINED)


def test_codes_on_paper_alone_are_no_second_factor(clerk, signed_in):
    Authenticator.objects.create(user=clerk, type="recovery_codes", data={"seed": "x"})
    assert signed_in(clerk).get("/admin/").headers["Location"].startswith(EXPLAINED)


@pytest.mark.parametrize(
    ("kind", "way"),
    [("totp", "/accounts/2fa/reauthenticate/"),
     ("webauthn", "/accounts/2fa/webauthn/reauthenticate/")],
)  # fmt: skip
def test_a_session_that_began_without_it_proves_it_first(clerk, signed_in, kind, way):
    Authenticator.objects.create(user=clerk, type=kind, data={})
    assert signed_in(clerk).get("/admin/").headers["Location"] == f"{way}?next=%2Fadmin%2F"


def test_the_password_and_a_code_open_the_admin(clerk):
    TOTP.activate(clerk, SECRET)
    browser, led = signs_in(clerk)
    assert led.startswith("/accounts/2fa/authenticate/")
    assert browser.get("/admin/").status_code == 302  # nobody is signed in yet
    assert browser.post(led, {"code": code()}).headers["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200
    assert SignIn.objects.get().way == "two_factor"


def test_a_code_typed_later_opens_it_too(clerk):
    browser, _led = signs_in(clerk)
    TOTP.activate(clerk, SECRET)
    led = browser.get("/admin/").headers["Location"]
    assert browser.post(led, {"code": code()}).headers["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200


def test_who_gives_it_up_is_out_again(clerk):
    browser, _led = signs_in(clerk)
    TOTP.activate(clerk, SECRET)
    browser.post("/accounts/2fa/reauthenticate/", {"code": code()})
    Authenticator.objects.all().delete()
    assert browser.get("/admin/").headers["Location"].startswith(EXPLAINED)


def test_the_admins_own_door_takes_no_password(clerk, visitor):
    sent = {"username": clerk.email, "password": PASSWORD}
    for answer in (visitor.get("/admin/login/"), visitor.post("/admin/login/", sent)):
        assert answer.headers["Location"].startswith("/accounts/login/?next=")
    assert "_auth_user_id" not in visitor.session


def test_what_a_form_would_have_done_is_not_done_later(clerk, signed_in):
    answer = signed_in(clerk).post("/admin/community/member/add/", {"handle": "x"})
    assert answer.headers["Location"] == f"{EXPLAINED}?next=%2Fadmin%2F"


def test_members_are_asked_nothing_and_stay_outside(member, signed_in):
    browser = signed_in(member)
    assert browser.get("/ideas/").status_code == 200
    assert browser.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("place", ["//elsewhere.example", "https://elsewhere.example/", "x", ""])
def test_the_page_leads_nowhere_else(clerk, signed_in, place):
    page = signed_in(clerk).get(EXPLAINED, {"next": place}).content.decode()
    assert 'href="/admin/"' in page
    assert 'href="//elsewhere' not in page
    assert 'href="https://elsewhere' not in page


def test_who_has_one_is_led_on(clerk, signed_in):
    TOTP.activate(clerk, SECRET)
    assert signed_in(clerk).get(EXPLAINED).headers["Location"] == "/admin/"


def test_nothing_but_the_demo_does_without():
    assert ours.STAFF_NEED_SECOND_FACTOR is not ours.DEMO


def test_a_site_without_says_so_on_each_page_of_its_admin(clerk, signed_in, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    for address in ("/admin/", "/admin/community/member/"):
        assert "no second factor asked for" in signed_in(clerk).get(address).content.decode()
