"""Accounts, as django-allauth drives them through our adapter and forms."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.core import mail as outbox
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client, RequestFactory
from django.urls import reverse

from activity.models import EventRecord
from community import services
from community.adapter import SocialAccountAdapter
from community.forms import SignUpForm
from community.models import Member, SiteSettings
from tests.factories.community import PASSWORD, MemberFactory

pytestmark = pytest.mark.django_db

ANSWERS = {
    "display_name": "Mara Lindqvist",
    "email": "mara@example.org",
    "password1": "a-long-enough-pass",
}


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), ANSWERS | changes)


def link_in(letter):
    return re.search(r"https?://[^/]+(/accounts/\S+)", letter.body)[1]


def confirm(client, letter):
    address = link_in(letter)
    assert client.get(address).status_code == 200
    return client.post(address, follow=True)


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_email_verification_sent",
    ],
)
def test_the_entrance_is_open(visitor, name):
    assert visitor.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "mfa_index",
        "usersessions_list",
        "socialaccount_connections",
    ],
)
def test_the_rooms_behind_are_not(visitor, as_member, name):
    address = reverse(name)
    assert visitor.get(address).headers["Location"].startswith(reverse("account_login"))
    assert as_member.get(address, follow=True).status_code == 200


def test_signing_up_makes_a_member_who_may_look_around_at_once(visitor):
    response = sign_up(visitor, HTTP_ACCEPT_LANGUAGE="de")
    member = Member.objects.get()
    assert response.status_code == 302
    assert visitor.session["_auth_user_id"] == str(member.pk)
    assert (member.handle, member.display_name) == ("mara_lindqvist", "Mara Lindqvist")
    assert not member.is_verified
    assert member.check_password(ANSWERS["password1"])
    assert EventRecord.objects.filter(kind="community.member_joined").count() == 1


class MailServerThatIsDown(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("nobody there")


def test_a_mail_server_that_is_down_does_not_undo_the_sign_up(visitor, settings):
    backend = f"{__name__}.{MailServerThatIsDown.__name__}"
    settings.MAILERS = {"default": {"BACKEND": backend}}
    assert sign_up(visitor).status_code == 302
    assert "_auth_user_id" in visitor.session
    assert "could not send" in visitor.get("/settings/").content.decode()


def test_the_language_of_the_page_becomes_the_members(visitor):
    visitor.post(reverse("account_signup"), ANSWERS, headers={"Accept-Language": "de"})
    assert Member.objects.get().language == "de"


def test_the_mailed_link_confirms_the_address(visitor):
    sign_up(visitor)
    letter = outbox.outbox[0]
    assert letter.subject == "Confirm your e-mail address"
    assert letter.body.endswith("\nPlenum · testserver")
    confirm(visitor, letter)
    assert Member.objects.get().is_verified
    assert EventRecord.objects.filter(kind="community.address_confirmed").count() == 1


def test_a_link_can_be_opened_elsewhere_and_looking_confirms_nothing(visitor):
    sign_up(visitor)
    elsewhere = Client()
    elsewhere.get(link_in(outbox.outbox[0]))
    assert not Member.objects.get().is_verified
    confirm(elsewhere, outbox.outbox[0])
    assert Member.objects.get().is_verified


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"display_name": ""}, "display_name"),
        ({"display_name": " \u200b "}, "display_name"),
        ({"display_name": "x" * 81}, "display_name"),
        ({"email": "no address"}, "email"),
        ({"email": "a\x00b@example.org"}, "email"),
        ({"password1": "short"}, "password1"),
        ({"password1": "password123"}, "password1"),
    ],
)
def test_bad_answers_come_back_with_words(visitor, changes, field):
    response = sign_up(visitor, **changes)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Member.objects.exists()


def test_a_name_is_cleaned(visitor):
    sign_up(visitor, display_name="  Mara\x00\n  Lind\u202eqvist ")
    assert Member.objects.get().display_name == "Mara Lindqvist"


@pytest.mark.parametrize("email", ["mara@example.org", "MARA@Example.org"])
def test_a_taken_address_is_told_so(visitor, member, email):
    response = sign_up(visitor, email=email)
    assert list(response.context["form"].errors) == ["email"]


def test_the_second_click_leads_to_signing_in(visitor):
    request = visitor.get(reverse("account_signup")).wsgi_request
    form = SignUpForm(data=ANSWERS)
    assert form.is_valid()
    MemberFactory(email=ANSWERS["email"])
    with pytest.raises(ImmediateHttpResponse) as raised:
        form.try_save(request)
    assert raised.value.response.headers["Location"] == reverse("account_login")


def test_a_closed_site_takes_nobody_in(visitor):
    site = SiteSettings.objects.current()
    site.sign_up_open = False
    services.save_site(site=site)
    cache.clear()
    sign_up(visitor)
    assert not Member.objects.exists()


def test_signing_in_and_out(visitor):
    MemberFactory(handle="mara", email="mara@example.org", password=PASSWORD, address=True)
    wrong = visitor.post(reverse("account_login"), {"login": "mara@example.org", "password": "no"})
    assert wrong.context["form"].errors
    right = {"login": "Mara@example.org", "password": PASSWORD}
    assert visitor.post(reverse("account_login"), right).status_code == 302
    assert "_auth_user_id" in visitor.session
    visitor.post(reverse("account_logout"))
    assert "_auth_user_id" not in visitor.session


def test_guessing_is_slowed_down(visitor):
    MemberFactory(handle="mara", email="mara@example.org", password=PASSWORD, address=True)
    wrong = {"login": "mara@example.org", "password": "no"}
    answers = [visitor.post(reverse("account_login"), wrong) for _try in range(12)]
    assert "Too many" in str(answers[-1].content) or answers[-1].status_code == 429
    right = wrong | {"password": PASSWORD}
    visitor.post(reverse("account_login"), right)
    assert "_auth_user_id" not in visitor.session


def test_an_inactive_member_stays_outside(visitor):
    MemberFactory(email="mara@example.org", password=PASSWORD, address=True, is_active=False)
    visitor.post(reverse("account_login"), {"login": "mara@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in visitor.session


def test_a_forgotten_password_is_set_anew(visitor):
    MemberFactory(email="mara@example.org", password=PASSWORD, address=True)
    visitor.post(reverse("account_reset_password"), {"email": "mara@example.org"})
    page = visitor.get(link_in(outbox.outbox[0]), follow=True)
    new = {"password1": "another-long-pass", "password2": "another-long-pass"}
    visitor.post(page.request["PATH_INFO"], new)
    assert Member.objects.get().check_password("another-long-pass")


def test_nobody_learns_who_is_a_member_by_resetting(visitor):
    response = visitor.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert response.status_code == 302


@pytest.fixture
def signed_in(visitor):
    member = MemberFactory(email="mara@example.org", password=PASSWORD, address=True)
    visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    return member


def ask_for(client, email):
    """Give a new address; the password is asked for again, and what was sent is not lost."""
    response = client.post(reverse("account_email"), {"email": email, "action_add": ""})
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(response.headers["Location"], {"password": PASSWORD})


def test_a_new_address_counts_once_it_is_confirmed(visitor, signed_in):
    confirmed_at = signed_in.email_verified_at
    ask_for(visitor, "new@example.org")
    signed_in.refresh_from_db()
    assert signed_in.email == "mara@example.org"
    confirm(visitor, outbox.outbox[0])
    signed_in.refresh_from_db()
    assert (signed_in.email, signed_in.email_verified_at) == ("new@example.org", confirmed_at)
    assert [a.email for a in EmailAddress.objects.all()] == ["new@example.org"]


def test_an_address_that_somebody_took_meanwhile_is_refused(visitor, signed_in):
    ask_for(visitor, "new@example.org")
    MemberFactory(email="new@example.org")
    response = confirm(visitor, outbox.outbox[0])
    signed_in.refresh_from_db()
    assert signed_in.email == "mara@example.org"
    assert "Another member uses this address." in response.content.decode()


def told_by_a_provider(data, *addresses):
    request = RequestFactory().get("/")
    request.session = {}
    login = SocialLogin(
        user=Member(),
        account=SocialAccount(provider="oidc", uid="1"),
        email_addresses=[
            EmailAddress(email=email, verified=verified, primary=True)
            for email, verified in addresses
        ],
    )
    adapter = SocialAccountAdapter()
    adapter.populate_user(request, login, data)
    return adapter.save_user(request, login)


def test_a_provider_brings_name_and_verified_address():
    member = told_by_a_provider(
        {"name": "Mara Lindqvist", "email": "mara@example.org"}, ("mara@example.org", True)
    )
    assert (member.display_name, member.handle) == ("Mara Lindqvist", "mara_lindqvist")
    assert Member.objects.get().is_verified
    assert not member.has_usable_password()


def test_an_unverified_address_of_a_provider_waits():
    told_by_a_provider({"email": "mara@example.org"}, ("mara@example.org", False))
    member = Member.objects.get()
    assert not member.is_verified
    assert member.display_name == "mara"
