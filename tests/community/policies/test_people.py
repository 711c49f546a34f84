from datetime import timedelta

import pytest
from django.utils import timezone

from community import policies, trust
from community.circle import Between
from community.models import Export, Member
from community.models.privacy import ExportState
from community.policies import people
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def asked(days_ago, asks=1, state="none"):
    return Between(state=state, asks=asks, asked_at=NOW - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("between", "code"),
    [
        (Between(), ""),
        (Between(is_self=True), "yourself"),
        (Between(is_blocked=True), "you_blocked"),
        (asked(29), "asked_lately"),
        (asked(31), ""),
        (asked(31, asks=2), ""),
        (asked(31, asks=3), "asked_enough"),
        # After a friendship that ended the count is none, and the day does not matter.
        (asked(0, asks=0), ""),
    ],
)
def test_whether_a_member_may_ask(member, stranger, between, code):
    verdict = policies.can_ask(member, stranger, between)
    assert (bool(verdict), verdict.code) == (not code, code)


def test_the_limits_by_trust_level(member):
    found = [
        (level, trust.privileges(level).requests_a_day, trust.privileges(level).requests_waiting)
        for level in range(trust.HIGHEST + 1)
    ]
    assert found[:2] == [(0, 0, 0), (1, 10, 20)]
    assert found == sorted(found)
    assert len({row[1:] for row in found}) == 5


@pytest.mark.parametrize(("more_than", "level"), [(0, 1), (10, 2), (20, 3), (50, None)])
def test_the_level_that_has_more_is_named(more_than, level):
    assert trust.level_with("requests_a_day", more_than) == level


def test_who_may_do_most_is_promised_no_more(member, monkeypatch):
    monkeypatch.setattr(trust, "BY_LEVEL", trust.BY_LEVEL[:2])
    verdict = people._limited("too_many_today", "%(number)d a day.", "requests_a_day", 10)
    assert verdict.reason == "10 a day."


def test_who_left_cannot_be_asked(member):
    gone = MemberFactory(is_active=False)
    assert policies.can_ask(member, gone, Between()).code == "not_here"


def test_a_handle_that_never_changed_may(member):
    assert policies.can_change_handle(Member.objects.get(pk=member.pk))


@pytest.mark.parametrize(
    ("state", "may"),
    [(ExportState.WAITING, False), (ExportState.RUNNING, False), (ExportState.FAILED, True)],
)
def test_a_copy_is_asked_for_when_none_is_being_made(member, stranger, state, may):
    Export.objects.create(member=member, state=state)
    assert bool(policies.can_export(member)) is may
    assert policies.can_export(stranger)


def test_anybody_but_the_last_administrator_can_leave(member, admin_member):
    assert policies.can_leave(member)
    assert policies.can_leave(admin_member).code == "last_administrator"
    other = MemberFactory(is_superuser=True, is_active=False)
    assert not policies.can_leave(admin_member)
    other.is_active = True
    other.save()
    assert policies.can_leave(admin_member)
