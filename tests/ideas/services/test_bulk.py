"""The same deed on many ideas: what is allowed is done, the rest is named, in a few statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import EventRecord
from ideas.models import Decision, Review, TeamDeed
from ideas.services import bulk
from ideas.services.bulk import ask_all, assign_all, decide_all, merge_all, tag_all
from ideas.services.hiding import set_idea_hidden
from ideas.services.steps import Grounds, decide
from tests.factories.ideas import GROUNDS, BoardFactory, IdeaFactory, idea_in

pytestmark = pytest.mark.django_db

QUESTION = "Which charger do you have?"


@pytest.fixture
def three(board):
    return [IdeaFactory(board=board) for _ in range(3)]


def ids(ideas):
    return [idea.pk for idea in ideas]


def codes(outcome):
    return {idea.pk: verdict.code for idea, verdict in outcome.refused}


def test_tags_are_added_to_each(three, team_member):
    three[0].tags.add("night")
    three[1].tags.set("abcde")
    outcome = tag_all(ideas=ids(three), by=team_member, add=["night", "battery", "night"])
    assert ids(outcome.done) == [three[0].pk, three[2].pk]
    assert codes(outcome) == {three[1].pk: "too_many_tags"}
    assert set(three[0].tags.names()) == set(three[2].tags.names()) == {"night", "battery"}
    deed = TeamDeed.objects.filter(idea=three[2]).get()
    assert (deed.kind, deed.detail) == ("tagged", {"added": ["night", "battery"], "removed": []})


def test_ideas_are_handed_to_somebody(three, team_member, colleague):
    Review.objects.create(idea=three[0], assignee=team_member, version=4)
    outcome = assign_all(ideas=ids(three), by=team_member, assignee=colleague)
    assert len(outcome.done) == 3
    versions = Review.objects.filter(assignee=colleague, team=None).order_by("idea")
    assert list(versions.values_list("version", flat=True)) == [5, 1, 1]
    assert TeamDeed.objects.filter(kind="assigned").count() == 3


def test_ideas_are_handed_to_another_team(three, team_member, other_team_member):
    heating = other_team_member.teams.get()
    assign_all(ideas=ids(three), by=team_member, assignee=other_team_member, team=heating)
    assert set(Review.objects.values_list("team", "assignee")) == {
        (heating.pk, other_team_member.pk)
    }
    assign_all(ideas=ids(three), by=team_member, assignee=None, team=three[0].board.team)
    assert set(Review.objects.values_list("team", "assignee")) == {(None, None)}


def test_who_is_not_in_the_team_is_not_assigned(three, team_member, stranger):
    outcome = assign_all(ideas=ids(three), by=team_member, assignee=stranger)
    assert (outcome.done, set(codes(outcome).values())) == ([], {"not_in_team"})


def test_authors_are_asked(three, team_member, board):
    three.append(idea_in("declined", board=board))
    outcome = ask_all(ideas=ids(three), by=team_member, statement=QUESTION)
    assert len(outcome.done) == 3
    assert codes(outcome) == {three[3].pk: "no_such_step"}
    three[0].refresh_from_db()
    assert three[0].status == "needs_info"


def everything_kept(idea):
    idea.refresh_from_db()
    decision = Decision.objects.filter(idea=idea).latest("id")
    fields = ("from_status", "to_status", "statement", "statement_html", "reason", "origin")
    fact = EventRecord.objects.filter(payload__decision_id=decision.pk).get()
    return (
        [getattr(decision, name) for name in fields],
        (decision.member, decision.team, idea.status),
        (idea.threshold_reached_at, idea.answer_due_at, bool(idea.answered_at)),
        (fact.kind, fact.actor_id, fact.payload["source"], fact.payload["target"]),
        list(idea.deeds.values_list("kind", "detail", "member")),
    )


@pytest.mark.parametrize("to", ["declined", "planned", "under_review"])
def test_deciding_on_many_leaves_what_deciding_on_each_leaves(board, team_member, to):
    one, other, third = (IdeaFactory(board=board) for _ in range(3))
    decide(idea=one, to=to, by=team_member, grounds=GROUNDS)
    decide_all(ideas=[other.pk, third.pk], to=to, by=team_member, grounds=GROUNDS)
    assert everything_kept(one) == everything_kept(other) == everything_kept(third)


def test_reopening_starts_clocks_by_each_board(board, team, team_member):
    board.answer_threshold, board.answer_days = 1, 10
    other = BoardFactory(team=team, answer_threshold=1, answer_days=20)
    ideas = [idea_in("declined", board=each) for each in (board, other)]
    for idea in ideas:
        board.save()
        idea.tally.supports = 1
        idea.tally.save()
    decide_all(ideas=ids(ideas), to="under_review", by=team_member, grounds=GROUNDS)
    for idea, days in zip(ideas, (10, 20), strict=True):
        idea.refresh_from_db()
        assert (idea.answer_due_at - idea.threshold_reached_at).days == days
        assert idea.answered_at is None


def test_each_is_asked_for_what_its_step_needs(board, team_member):
    planned, shipped = idea_in("planned", board=board), idea_in("shipped", board=board)
    outcome = decide_all(
        ideas=[planned.pk, shipped.pk], to="in_progress", by=team_member,
        grounds=Grounds(statement="We go on."),
    )  # fmt: skip
    assert ids(outcome.done) == [shipped.pk]
    assert codes(outcome) == {planned.pk: "missing_rough_when"}


def test_where_two_must_agree_nobody_decides_in_bulk(three, board, team_member):
    board.needs_second_person = True
    board.save()
    outcome = decide_all(ideas=ids(three), to="declined", by=team_member, grounds=GROUNDS)
    assert (outcome.done, set(codes(outcome).values())) == ([], {"needs_second_person"})
    # Asking is no answer, so one person may.
    assert len(ask_all(ideas=ids(three), by=team_member, statement=QUESTION).done) == 3


def test_what_somebody_may_not_do_is_refused_for_each(three, stranger, other_team_member):
    for by in (stranger, other_team_member):
        assert set(codes(tag_all(ideas=ids(three), by=by, add=["x"])).values()) == {"not_your_team"}
        outcome = ask_all(ideas=ids(three), by=by, statement=QUESTION)
        assert set(codes(outcome).values()) == {"not_your_step"}


def test_unknown_and_hidden_ideas_are_passed_over(three, team_member):
    set_idea_hidden(idea=three[0], hidden=True)
    outcome = tag_all(ideas=[*ids(three), 2**40], by=team_member, add=["x"])
    assert ids(outcome.done) == ids(three[1:])


def test_the_price_does_not_grow_with_the_ideas(board, team_member):
    few, many = ([IdeaFactory(board=board) for _ in range(n)] for n in (3, 30))
    prices = []
    for ideas in (few, many):
        with CaptureQueriesContext(connection) as captured:
            assign_all(ideas=ids(ideas), by=team_member, assignee=team_member)
            ask_all(ideas=ids(ideas), by=team_member, statement=QUESTION)
        prices.append(len(captured))
    assert prices[1] <= prices[0]


def test_no_more_than_a_thousand_at_once(three, team_member, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 2)
    assert len(tag_all(ideas=ids(three), by=team_member, add=["x"]).done) == 2


def test_some_are_merged_into_one_of_them(three, team_member, other_team_member):
    first, second, third = three
    set_idea_hidden(idea=third, hidden=True)
    outcome = merge_all(ideas=ids(three), into=first.pk, by=team_member, note="The same.")
    assert outcome.done == [second]
    second.refresh_from_db()
    assert second.merged_into == first
    # What nobody may see is passed over; what is not theirs is refused.
    again = merge_all(ideas=[first.pk, second.pk], into=second.pk, by=other_team_member, note="x")
    assert set(codes(again).values()) == {"not_your_merge"}
    assert merge_all(ideas=[second.pk], into=first.pk, by=team_member, note="x").done == []
