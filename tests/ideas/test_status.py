"""The life of an idea: one table, held by services and by the database alike."""

import pytest

from community.errors import Refused
from ideas.services.steps import decide
from ideas.status import STEPS, Status, find, steps_from
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, answering, idea_in
from tests.sql import refused, sql

# As product.md has it.
TABLE = {
    "draft": {"open"},
    "open": {"under_review", "needs_info", "declined", "planned"},
    "needs_info": {"open", "under_review", "declined"},
    "under_review": {"planned", "declined", "needs_info", "open"},
    "planned": {"in_progress", "under_review", "declined"},
    "in_progress": {"shipped", "planned", "declined"},
    "declined": {"under_review"},
    "shipped": {"in_progress"},
}
PAIRS = [(source, target) for source in Status.values for target in Status.values]
known = pytest.mark.parametrize(
    ("source", "target"), [(s, t) for s, t in PAIRS if t in TABLE[s] and s != "draft"]
)
unknown = pytest.mark.parametrize(
    ("source", "target"), [(s, t) for s, t in PAIRS if t not in TABLE[s]]
)


def test_the_table_is_the_one_of_the_plan():
    assert {s: {step.target for step in steps_from(s)} for s in Status.values} == TABLE
    assert len(STEPS) == sum(map(len, TABLE.values()))


def test_a_step_that_is_not_there():
    assert find("shipped", "declined") is None


@pytest.mark.django_db
@known
def test_a_step_of_the_table_is_taken(source, target):
    idea = idea_in(source)
    made = decide(idea=idea, to=target, by=answering(idea.board), grounds=GROUNDS)
    idea.refresh_from_db()
    assert idea.status == idea.tally.status == target
    assert (made.from_status, made.to_status) == (source, target)


@pytest.mark.django_db
@unknown
def test_any_other_step_is_refused_by_the_service(source, target):
    idea = idea_in(source)
    with pytest.raises(Refused) as refusal:
        decide(idea=idea, to=target, by=answering(idea.board), grounds=GROUNDS)
    assert refusal.value.code == "no_such_step"
    idea.refresh_from_db()
    assert idea.status == source


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "target"), [(s, t) for s, t in PAIRS if t not in TABLE[s] | {s}]
)
def test_any_other_step_is_refused_by_the_database(source, target):
    idea = idea_in(source)
    with refused("status_takes_known_steps|cannot go from|posted_since_when"):
        sql("UPDATE ideas_idea SET status = %s WHERE id = %s", target, idea.pk)


@pytest.mark.django_db
@known
def test_a_status_without_its_decision_is_refused_at_commit(source, target):
    idea = idea_in(source)
    with refused("A status needs the decision that says why"):
        sql("UPDATE ideas_idea SET status = %s WHERE id = %s", target, idea.pk)


@pytest.mark.django_db
def test_a_status_made_up_from_nothing_is_refused():
    author, board = MemberFactory(), idea_in("open").board
    with refused("A status needs the decision that says why"):
        sql(
            "INSERT INTO ideas_idea (board_id, author_id, title, body, body_html, snippet,"
            " language, status, version, opened_at, external_id, source_url, earlier_supporters)"
            " VALUES (%s, %s, 'Sneaked in', '', '', '', 'en', 'shipped', 1, now(), '', '', 0)",
            board.pk,
            author.pk,
        )
