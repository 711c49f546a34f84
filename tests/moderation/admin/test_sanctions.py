"""Moderators warn and suspend members in the admin."""

import pytest

from community.models import Member
from moderation.models import Sanction
from tests.moderation.services.test_sanctioning import clause as clause
from tests.moderation.services.test_sanctioning import imposed as imposed

pytestmark = pytest.mark.django_db
ADMIN = "/admin/moderation/sanction"


@pytest.fixture
def browser(signed_in, moderator):
    return signed_in(moderator)


@pytest.fixture
def sent(member, clause):
    return {
        "member": member.pk, "kind": "suspension", "hours": "24", "clause": clause.pk,
        "severity": "", "reason": "You sold lamps.", "follows": "",
    }  # fmt: skip


def errors(response):
    return response.context["adminform"].form.errors


def test_a_member_is_suspended_for_a_day(browser, sent, member, moderator):
    assert browser.get(f"{ADMIN}/add/").status_code == 200
    assert browser.post(f"{ADMIN}/add/", sent).status_code == 302
    made = Sanction.objects.get()
    assert (made.member, made.by, made.severity) == (member, moderator, 2)
    assert Member.objects.get(pk=member.pk).is_silenced
    assert "You sold lamps." in browser.get(f"{ADMIN}/").content.decode()
    assert "You sold lamps." in browser.get(f"{ADMIN}/{made.pk}/change/").content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"hours": ""}, "hours"),
        ({"kind": "warning"}, "hours"),
        ({"kind": "limit", "hours": "73"}, "hours"),
        ({"hours": "9000"}, "hours"),
        ({"reason": " "}, "reason"),
        ({"severity": "6"}, "severity"),
        ({"misuse": "on"}, "follows"),
        ({"kind": "ban", "hours": ""}, "member"),
        ({"clause": ""}, "clause"),
        ({"member": "0"}, "member"),
    ],
)
def test_a_form_that_is_not_right_says_where(browser, sent, changed, field):
    assert field in errors(browser.post(f"{ADMIN}/add/", sent | changed))
    assert not Sanction.objects.exists()


def test_it_is_taken_back_by_a_senior_with_a_reason(browser, imposed, signed_in, admin_member):
    made = imposed("warning")
    address = f"{ADMIN}/{made.pk}/lift/"
    assert browser.get(address).status_code == 403
    senior = signed_in(admin_member)
    assert "You sold lamps." in senior.get(address).content.decode()
    senior.post(address, {"reason": "It was a gift."})
    made.refresh_from_db()
    assert (made.lift_reason, made.lifted_by) == ("It was a gift.", admin_member)


def test_it_is_never_changed_nor_deleted(imposed, signed_in, admin_member):
    made = imposed("warning")
    browser = signed_in(admin_member)
    for way in ("change/", "delete/"):
        answer = browser.post(f"{ADMIN}/{made.pk}/{way}", {"post": "yes", "reason": "Else."})
        assert answer.status_code == 403
    assert Sanction.objects.get().reason == "You sold lamps."


def test_the_list_costs_the_same_for_one_and_three(browser, imposed, django_assert_num_queries):
    imposed("warning")
    browser.get(f"{ADMIN}/")
    with django_assert_num_queries(6):
        browser.get(f"{ADMIN}/")
    imposed("warning")
    imposed("warning")
    with django_assert_num_queries(6):
        browser.get(f"{ADMIN}/")
