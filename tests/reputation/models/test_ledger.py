"""What the database refuses of the ledger."""

import pytest

from ideas.services.supporting import give_support, withdraw_support
from reputation.models import Entry, Ground
from tests.sql import guard_truncate, refused, sql

pytestmark = pytest.mark.django_db

COPY = """
    INSERT INTO reputation_entry (ground_id, member_id, actor_id, kind, cause, thing, thing_id,
        points, book_id, reverses_id, event, occurred_at, counts_on)
    SELECT {ground}, {member}, actor_id, kind, 'reversed', thing, thing_id,
        {points}, book_id, {reverses}, event + 1000, occurred_at, counts_on
    FROM reputation_entry WHERE id = %s
"""


def again(entry, **changed):
    """One more entry, like another but for what is changed."""
    columns = {"ground": "ground_id", "member": "member_id", "points": "-points", "reverses": "id"}
    sql(COPY.format(**columns | {k: str(v) for k, v in changed.items()}), entry.pk)


@pytest.fixture
def entry(idea, supporter, deliver):
    give_support(idea=idea, member=supporter)
    deliver()
    return Entry.objects.get()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE reputation_entry SET points = 99", "DELETE FROM reputation_entry"],
)
def test_entries_are_kept(entry, statement):
    with refused("Cannot update or delete"):
        sql(statement)


def test_the_ledger_is_never_emptied(entry):
    guard_truncate()
    with refused("Cannot truncate reputation_entry"):
        sql("TRUNCATE reputation_entry CASCADE")


def test_a_reversal_is_exact(entry):
    again(entry)
    assert sum(Entry.objects.values_list("points", flat=True)) == 0


@pytest.mark.parametrize("points", ["-points - 1", "points"])
def test_a_reversal_of_another_amount_is_refused(entry, points):
    with refused("A reversal is an exact negation"):
        again(entry, points=points)


def test_a_reversal_for_another_member_is_refused(entry, stranger):
    with refused("An entry is on a ground of its member"):
        again(entry, member=stranger.pk)


def test_nothing_is_reversed_twice(entry):
    again(entry)
    with refused("reputation_entry_reverses_id"):
        sql(COPY.replace("1000", "2000").format(
            ground="ground_id", member="member_id", points="-points", reverses="id"
        ), entry.pk)  # fmt: skip


def test_a_reversal_is_not_reversed(idea, supporter, entry, deliver):
    withdraw_support(idea=idea, member=supporter)
    deliver()
    with refused("A reversal is an exact negation"):
        again(Entry.objects.get(points=-10))


def test_an_event_turns_a_ground_once(entry):
    with refused("booked_once"):
        sql(COPY.replace("+ 1000", "").format(
            ground="ground_id", member="member_id", points="points", reverses="NULL"
        ), entry.pk)  # fmt: skip


def test_nothing_is_booked_without_a_ground(entry):
    with refused("An entry is on a ground of its member"):
        again(entry, ground=0)


def test_an_entry_of_no_points_is_none(entry):
    with refused("an_entry_is_worth_points"):
        again(entry, points=0)


def test_grounds_are_of_members(entry):
    with refused("Points are for members"):
        Ground.objects.create(kind="supported", member_id=10**9, thing="idea", thing_id=1,
                              since=entry.occurred_at, points=10, book_id=1)  # fmt: skip


def test_grounds_stay(entry):
    with refused("Cannot delete"):
        sql("DELETE FROM reputation_ground")


def test_what_suspends_a_ground_is_told(entry):
    ground = Ground.objects.get()
    assert (ground.holds, ground.suspended_by) == (True, [])
    Ground.objects.update(voided_stamp=7, hidden_stamp=8)
    ground.refresh_from_db()
    assert (ground.given, ground.holds, ground.suspended_by) == (True, False, ["voided"])
