"""What the database refuses of awards."""

import pytest
from django.utils import timezone

from reputation.models import Award
from tests.sql import guard_truncate, refused, sql

pytestmark = pytest.mark.django_db


def given(member, **facts):
    return Award.objects.create(
        member=member, badge="made-real",
        **{"thing": "idea", "thing_id": 1, "earned_at": timezone.now()} | facts,
    )  # fmt: skip


def revoke(award):
    sql("UPDATE reputation_award SET revoked_at = now(), reason = 'lost' WHERE id = %s", award.pk)


def test_an_award_is_revoked_once_and_stays(member):
    award = given(member)
    revoke(award)
    with refused("An award is revoked, once, or stays"):
        revoke(award)
    with refused("Cannot delete"):
        sql("DELETE FROM reputation_award")
    guard_truncate()
    with refused("Cannot truncate reputation_award"):
        sql("TRUNCATE reputation_award CASCADE")


@pytest.mark.parametrize(
    "change", ["earned_at = now() - interval '1 day'", "badge = 'spark'", "thing_id = 2",
               "revoked_at = now(), reason = 'lost', turn = 7"]
)  # fmt: skip
def test_nothing_else_of_it_changes(member, change):
    given(member)
    with refused("An award is revoked, once, or stays"):
        sql(f"UPDATE reputation_award SET {change}")


def test_a_badge_is_had_once_for_a_thing(member):
    given(member)
    with refused("one_award_in_force"):
        given(member, turn=2)


def test_it_is_given_again_by_its_next_turn(member):
    revoke(given(member))
    given(member, turn=2)
    with refused("awards_take_turns"):
        given(member, turn=1)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"thing": ""}, "awards_are_for_something"),
        ({"thing_id": 0}, "awards_are_for_something"),
        ({"revoked_at": timezone.now()}, "awards_are_revoked_for_a_reason"),
        ({"reason": "lost"}, "awards_are_revoked_for_a_reason"),
    ],
)
def test_what_makes_no_sense(member, facts, rule):
    with refused(rule):
        given(member, **facts)
