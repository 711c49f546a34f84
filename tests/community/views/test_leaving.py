import re

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from community.models import Departure, Member
from community.services import departing
from tests.factories.community import PASSWORD, MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_place")]

LEAVE = "/settings/data/delete/"
ANSWERS = {"content": "remove", "confirmation": "mara"}


@pytest.fixture
def mara():
    return MemberFactory(
        handle="mara", display_name="Mara Lindqvist", password=PASSWORD, address=True
    )


@pytest.fixture
def browser(visitor, mara):
    """Signed in, and the password typed again a moment ago."""
    sign_in(visitor)
    visitor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return visitor


def sign_in(browser, password=PASSWORD):
    answers = {"login": "mara@example.org", "password": password}
    return browser.post("/accounts/login/", answers)


def test_the_password_is_asked_for_again(signed_in, mara):
    response = signed_in(mara).get(LEAVE)
    assert "/reauthenticate/" in response.headers["Location"]
    answer = signed_in(mara).post(LEAVE, ANSWERS)
    assert "/reauthenticate/" in answer.headers["Location"]
    assert not Departure.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"confirmation": ""}, "confirmation"),
        ({"confirmation": "tom"}, "confirmation"),
        ({"content": "everything"}, "content"),
    ],
)
def test_it_must_be_meant(browser, changes, field):
    response = browser.post(LEAVE, ANSWERS | changes)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Departure.objects.exists()


@pytest.mark.parametrize("typed", ["mara", "@mara", " Mara "])
def test_the_account_is_closed_and_the_browser_signed_out(browser, typed):
    response = browser.post(LEAVE, ANSWERS | {"confirmation": typed}, follow=True)
    assert response.redirect_chain == [("/goodbye/", 302)]
    assert Departure.objects.get().content == "remove"
    assert browser.get("/settings/").status_code == 302


def test_the_last_administrator_reads_why_not(browser, mara):
    Member.objects.filter(pk=mara.pk).update(is_superuser=True)
    page = browser.get(LEAVE).content.decode()
    assert "You are the only administrator." in page
    assert "Close and delete my account" not in page
    assert browser.post(LEAVE, ANSWERS).status_code == 422


def test_signing_in_asks_whether_to_come_back(browser, mara):
    browser.post(LEAVE, ANSWERS)
    assert sign_in(browser).headers["Location"] == "/come-back/"
    page = browser.get("/come-back/").content.decode()
    assert "Mara Lindqvist" in page
    # Only looking changes nothing.
    assert browser.get("/settings/").status_code == 302
    response = browser.post("/come-back/", follow=True)
    assert "Welcome back." in response.content.decode()
    assert browser.get("/settings/").status_code == 200
    assert Member.objects.get(pk=mara.pk).display_name == "Mara Lindqvist"


def test_coming_back_takes_the_password(browser, visitor, mara):
    browser.post(LEAVE, ANSWERS)
    sign_in(visitor, "wrong-horse-battery")
    assert visitor.get("/come-back/").headers["Location"] == "/accounts/login/"
    visitor.post("/come-back/")
    assert Departure.objects.exists()


def test_the_way_back_is_open_for_some_minutes(browser, mara):
    browser.post(LEAVE, ANSWERS)
    sign_in(browser)
    session = browser.session
    session["comes_back"] = (mara.pk, 0)
    session.save()
    browser.post("/come-back/")
    assert Departure.objects.exists()


def test_a_deleted_account_has_no_way_back(browser, mara):
    browser.post(LEAVE, ANSWERS)
    sign_in(browser)
    Departure.objects.update(due_at=timezone.now())
    departing.erase_due()
    assert browser.post("/come-back/").headers["Location"] == "/accounts/login/"
    assert sign_in(browser).status_code == 200
    assert not EmailAddress.objects.exists()


def test_an_account_that_others_closed_has_none_either(visitor, mara):
    Member.objects.filter(pk=mara.pk).update(is_active=False)
    assert "/inactive/" in sign_in(visitor).headers["Location"]


def test_the_address_can_be_used_for_a_new_account_afterwards(browser, visitor, mara):
    browser.post(LEAVE, ANSWERS)
    Departure.objects.update(due_at=timezone.now())
    departing.erase_due()
    answers = {"display_name": "Mara", "email": "mara@example.org", "password1": "a-new-horse-2"}
    visitor.post("/accounts/signup/", answers)
    assert Member.objects.get(email="mara@example.org").handle == "mara2"


def test_a_forgotten_password_does_not_bar_the_way(browser, visitor, mara, mailoutbox):
    browser.post(LEAVE, ANSWERS)
    visitor.post("/accounts/password/reset/", {"email": "Mara@example.org"})
    link = re.search(r"http://\S+(/accounts/password/reset/key/\S+)", mailoutbox[-1].body)[1]
    form = visitor.get(link, follow=True)
    new = {"password1": "another-battery-9", "password2": "another-battery-9"}
    visitor.post(form.redirect_chain[-1][0], new)
    assert sign_in(visitor, "another-battery-9").headers["Location"] == "/come-back/"


def test_who_is_deleted_gets_no_such_mail(browser, visitor, mailoutbox):
    browser.post(LEAVE, ANSWERS)
    Departure.objects.update(due_at=timezone.now())
    departing.erase_due()
    mailoutbox.clear()
    visitor.post("/accounts/password/reset/", {"email": "mara@example.org"})
    assert not any("/reset/key/" in letter.body for letter in mailoutbox)
