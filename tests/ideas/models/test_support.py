"""One member, one vote, with a trail; nobody votes for their own idea: by the database."""

import pytest

from ideas.models import Support, SupportChange, TallyDelta
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.ideas import IdeaFactory
from tests.sql import guard_truncate, refused, sql

pytestmark = pytest.mark.django_db

INSERT = """
    INSERT INTO ideas_support (idea_id, member_id, state, cause, counted_at)
    VALUES (%s, %s, %s, 'given', %s)
"""
NOON = "2026-06-01T12:00Z"


def test_ones_own_idea(idea, author):
    with refused("Nobody supports their own idea"):
        sql(INSERT, idea.pk, author.pk, "counted", NOON)


def test_a_vote_is_not_moved_to_ones_own_idea(idea, author, stranger):
    """Past the rule for new votes: by changing whose vote it is, or for what."""
    sql(INSERT, idea.pk, stranger.pk, "counted", NOON)
    with refused("Nobody supports their own idea"):
        sql("UPDATE ideas_support SET member_id = %s", author.pk)
    own = IdeaFactory(author=stranger)
    with refused("Nobody supports their own idea"):
        sql("UPDATE ideas_support SET idea_id = %s", own.pk)


def test_a_second_vote(idea, stranger):
    sql(INSERT, idea.pk, stranger.pk, "counted", NOON)
    with refused("one_member_one_vote"):
        sql(INSERT, idea.pk, stranger.pk, "pending", None)


def test_a_counted_vote_says_since_when(idea, stranger):
    with refused("counted_since_when"):
        sql(INSERT, idea.pk, stranger.pk, "counted", None)


def test_votes_are_never_deleted(idea, stranger):
    give_support(idea=idea, member=stranger)
    with refused("pgtrigger"):
        sql("DELETE FROM ideas_support")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ideas_supportchange SET cause = 'imported'",
        "DELETE FROM ideas_supportchange",
        "TRUNCATE ideas_supportchange",
    ],
)
def test_the_trail_is_kept(idea, stranger, statement):
    give_support(idea=idea, member=stranger)
    guard_truncate()
    with refused("pgtrigger"):
        sql(statement)


def test_the_trail_tells_every_change(idea, stranger):
    for deed in (give_support, withdraw_support, give_support):
        deed(idea=idea, member=stranger)
    trail = SupportChange.objects.order_by("id").values_list("before", "after", "cause")
    assert list(trail) == [
        ("", "counted", "given"),
        ("counted", "withdrawn", "withdrawn"),
        ("withdrawn", "counted", "given"),
    ]


def test_whoever_writes_a_vote_the_books_are_kept(idea, stranger):
    """A row past the services is in the trail and on its way into the tally all the same."""
    sql(INSERT, idea.pk, stranger.pk, "counted", NOON)
    assert SupportChange.objects.get().after == "counted"
    assert TallyDelta.objects.get().supports == 1
    sql("UPDATE ideas_support SET state = 'withdrawn'")
    assert [delta.supports for delta in TallyDelta.objects.order_by("id")] == [1, -1]


def test_a_pending_vote_counts_nothing(idea, stranger):
    sql(INSERT, idea.pk, stranger.pk, "pending", None)
    assert SupportChange.objects.get().after == "pending"
    assert not TallyDelta.objects.exists()


def test_what_a_budget_is_spent_on(board, stranger):
    """Active supports of undecided ideas of one board."""
    ideas = [*IdeaFactory.create_batch(3, board=board), IdeaFactory()]
    for idea in ideas:
        give_support(idea=idea, member=stranger)
    withdraw_support(idea=ideas[0], member=stranger)
    spent = Support.objects.on_budget(member_id=stranger.pk, board_id=board.pk)
    assert {support.idea_id for support in spent} == {ideas[1].pk, ideas[2].pk}
