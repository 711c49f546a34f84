"""What the database refuses of sanctions."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from moderation.models import Clause, Sanction
from tests.factories.moderation import rules_in_force
from tests.sql import guard_truncate, refused, sql

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def put(member, moderator):
    """Writes a row past the service."""
    rules_in_force("spam")
    now = timezone.now()

    def row(kind="warning", **said):
        facts = {
            "member": member, "by": moderator, "clause": Clause.objects.in_force().get(),
            "severity": 2, "reason": "You sold lamps.", "imposed_at": now,
            "strike_until": now + 90 * DAY, "kind": kind,
        }  # fmt: skip
        with transaction.atomic():
            return Sanction.objects.create(**facts | said)

    return row


def in_days(days):
    return timezone.now() + days * DAY


@pytest.mark.parametrize(
    ("kind", "said", "rule"),
    [
        ("exile", {}, "sanction_of_a_kind"),
        ("warning", {"reason": ""}, "sanction_for_a_reason"),
        ("warning", {"severity": 0}, "sanction_of_a_severity"),
        ("warning", {"severity": 6}, "sanction_of_a_severity"),
        ("warning", {"until": in_days(1)}, "sanction_ends_as_its_kind"),
        ("ban", {"until": in_days(1)}, "sanction_ends_as_its_kind"),
        ("limit", {}, "sanction_ends_as_its_kind"),
        ("suspension", {}, "sanction_ends_as_its_kind"),
        ("suspension", {"until": in_days(-1)}, "sanction_ends_as_its_kind"),
        ("limit", {"until": in_days(4)}, "limit_of_some_hours"),
        ("warning", {"strike_until": in_days(-1)}, "strike_counts_for_a_time"),
        ("ban", {"misuse": True}, "misuse_after_a_warning"),
        ("suspension", {"misuse": True, "until": in_days(1)}, "misuse_after_a_warning"),
        ("warning", {"lifted_at": in_days(0)}, "sanction_lifted_for_a_reason"),
    ],
)
def test_half_a_sanction_is_none(put, kind, said, rule):
    with refused(rule):
        put(kind, **said)


def test_nobody_sanctions_themselves(put, moderator):
    with refused("sanction_by_somebody_else"):
        put(member=moderator)


def test_a_measure_follows_a_warning_of_the_same_member_that_is_in_force(put, stranger):
    earlier = timezone.now() - DAY
    warning = put(misuse=True, imposed_at=earlier)
    assert put("ban", misuse=True, follows=warning).pk
    for wrong in (
        put(misuse=False, imposed_at=earlier),
        put(misuse=True, imposed_at=earlier, member=stranger),
        put(misuse=True, imposed_at=timezone.now() + DAY, strike_until=in_days(9)),
        put(misuse=True, imposed_at=earlier, strike_until=timezone.now() - DAY / 2),
        put("ban", imposed_at=earlier),
    ):
        with refused("a_sanction_follows_a_warning"):
            put("ban", misuse=True, follows=wrong)


def test_a_warning_taken_back_is_no_warning(put, moderator):
    warning = put(misuse=True, imposed_at=timezone.now() - DAY)
    Sanction.objects.filter(pk=warning.pk).update(
        lifted_at=timezone.now(), lifted_by=moderator, lift_reason="It was none."
    )
    with refused("a_sanction_follows_a_warning"):
        put("ban", misuse=True, follows=warning)


@pytest.mark.parametrize(
    "change", ["reason = 'x'", "severity = 5", "until = now()", "kind = 'ban'", "misuse = true"]
)
def test_what_was_imposed_stands(put, change):
    put()
    with refused("Cannot update"):
        sql(f"UPDATE moderation_sanction SET {change}")


def test_it_is_lifted_once_and_never_deleted(put, moderator):
    made = put()
    made.lifted_at, made.lifted_by, made.lift_reason = timezone.now(), moderator, "A gift."
    made.save()
    made.lift_reason = "No gift."
    for change in (made.save, made.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    guard_truncate()
    with refused("Cannot truncate"):
        sql("TRUNCATE moderation_sanction CASCADE")
