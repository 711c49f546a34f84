"""Promises: how they start, stand still, end, are withdrawn, and who is reminded when."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from activity.models import EventRecord
from community.errors import Refused
from community.models import TeamMembership
from ideas.models import Escalation, Holiday, Idea, Promise, PromiseCount, Support, WorkCalendar
from ideas.services import boards, promising
from ideas.services.hiding import set_idea_hidden
from ideas.services.steps import decide
from ideas.services.supporting import withdraw_support
from ideas.services.writing import post
from tests.factories.ideas import (
    GROUNDS,
    BoardFactory,
    DraftFactory,
    IdeaFactory,
    idea_in,
    said_on,
    supported,
)

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


def at(*when):
    return datetime(*when, tzinfo=BERLIN)


@pytest.fixture
def clock():
    """Monday noon; `clock.move_to(…)` goes elsewhere."""
    with time_machine.travel(at(2026, 6, 1, 12), tick=False) as traveller:
        yield traveller


@pytest.fixture
def office():
    return WorkCalendar.objects.create(name="Office")


@pytest.fixture
def board(team, office):
    return BoardFactory(
        name="Charging", slug="charging", team=team, calendar=office,
        answer_threshold=3, answer_days=10, reply_days=5,
    )  # fmt: skip


@pytest.fixture
def lead(team_member):
    TeamMembership.objects.filter(member=team_member).update(is_lead=True)
    return team_member


def earn(idea, count=3):
    supported(idea, count)
    promising.earn_answer(idea=idea)
    return Promise.objects.get(idea=idea, kind="answer", ended_at=None)


def step(idea, to, by):
    return decide(idea=idea, to=to, by=by, grounds=GROUNDS)


class TestStarting:
    def test_a_promise_is_a_copy_of_the_terms(self, clock, idea, board, office):
        promise = earn(idea)
        assert (promise.threshold, promise.days, promise.calendar) == (3, 10, office)
        assert (promise.board, promise.team, promise.owed_on) == (board, board.team, idea)
        assert (promise.started_at, promise.due_at) == (at(2026, 6, 1, 12), at(2026, 6, 16))
        assert promise.escalate_at == promise.half_at == at(2026, 6, 9)

    def test_it_shows_on_the_idea_and_its_tally(self, clock, idea):
        promise = earn(idea)
        idea.refresh_from_db()
        assert idea.threshold_reached_at == promise.started_at
        assert idea.answer_due_at == idea.tally.due_at == promise.due_at

    def test_holidays_put_the_end_off(self, clock, idea, office):
        Holiday.objects.create(calendar=office, day=date(2026, 6, 4), name="Corpus Christi")
        assert earn(idea).due_at == at(2026, 6, 17)

    def test_new_terms_move_no_running_clock(self, clock, idea, board):
        before = earn(idea)
        boards.change_terms(board=board, by=None, answer_days=2, answer_threshold=50, calendar=None)
        assert Promise.objects.get().due_at == before.due_at
        assert promising.earn_answer(idea=idea) is False

    def test_fewer_supporters_asked_for_earn_an_answer_at_that_moment(
        self, clock, idea, board, deliver
    ):
        supported(idea, 2)
        deliver()
        clock.move_to(at(2026, 6, 3, 9))
        boards.change_terms(board=board, by=None, answer_threshold=2)
        clock.move_to(at(2026, 6, 5, 9))
        deliver()
        promise = Promise.objects.get()
        assert (promise.started_at, promise.threshold) == (at(2026, 6, 3, 9), 2)

    def test_what_was_earned_before_more_were_asked_for_stays_earned(
        self, clock, idea, board, deliver
    ):
        """The worker was away when the third supporter came, and when the number was raised."""
        supported(idea, 3)
        clock.move_to(at(2026, 6, 3, 9))
        boards.change_terms(board=board, by=None, answer_threshold=20, answer_days=1)
        deliver()
        promise = Promise.objects.get()
        assert (promise.started_at, promise.threshold, promise.days) == (at(2026, 6, 1, 12), 3, 10)

    def test_an_answer_before_the_worker_woke_up_is_on_the_record(self, clock, idea, team_member):
        supported(idea, 3)
        clock.move_to(at(2026, 6, 3, 9))
        step(idea, "declined", team_member)
        promise = Promise.objects.get()
        assert (promise.started_at, promise.state) == (at(2026, 6, 1, 12), "answered")

    def test_merged_ideas_earn_nothing_of_their_own(self, idea, board):
        other = IdeaFactory(board=board)
        supported(idea, 3)
        Idea.objects.filter(pk=idea.pk).update(merged_into=other)
        assert promising.earn_answer(idea=idea) is False

    def test_every_posted_idea_is_promised_a_reply(self, clock, board, author):
        idea = post(draft=DraftFactory(board=board, author=author), by=author)
        promise = Promise.objects.get()
        assert (promise.kind, promise.threshold, promise.days) == ("reply", None, 5)
        assert (promise.started_at, promise.due_at) == (at(2026, 6, 1, 12), at(2026, 6, 9))
        idea.refresh_from_db()
        assert idea.reply_due_at == promise.due_at

    def test_no_reply_is_promised_where_the_board_does_not(self, board, author):
        board.reply_days = None
        board.save()
        post(draft=DraftFactory(board=board, author=author), by=author)
        assert not Promise.objects.exists()


class TestEnding:
    @pytest.mark.parametrize("answer", ["planned", "declined"])
    def test_an_answer_keeps_the_promise(self, clock, idea, team_member, answer):
        earn(idea)
        made = step(idea, answer, team_member)
        promise = Promise.objects.get()
        assert (promise.state, promise.decision, promise.ended_at) == (
            "answered", made, made.created_at,
        )  # fmt: skip
        assert promise.escalate_at is None
        idea.refresh_from_db()
        assert idea.answered_at == made.created_at

    def test_a_review_is_no_answer(self, idea, team_member):
        earn(idea)
        step(idea, "under_review", team_member)
        assert Promise.objects.get().state == "running"

    def test_going_back_promises_a_new_answer(self, clock, idea, team_member):
        earn(idea)
        step(idea, "planned", team_member)
        clock.move_to(at(2026, 6, 10, 9))
        step(idea, "under_review", team_member)
        first, second = Promise.objects.order_by("pk")
        assert (first.state, second.state) == ("answered", "running")
        assert second.started_at == at(2026, 6, 10, 9)

    def test_what_had_earned_nothing_is_not_owed_again(self, idea, team_member):
        step(idea, "planned", team_member)
        step(idea, "under_review", team_member)
        assert not Promise.objects.exists()

    def test_an_answer_answers_what_was_merged_into_it(self, clock, idea, board, team_member):
        other = IdeaFactory(board=board)
        earn(other)
        Promise.objects.update(owed_on=idea)
        earn_again = promising.earn_answer(idea=idea)
        made = step(idea, "declined", team_member)
        assert earn_again is False
        assert Promise.objects.get().decision == made

    def test_no_second_answer_is_owed_while_one_is(self, idea, board):
        other = IdeaFactory(board=board)
        earn(other)
        Promise.objects.update(owed_on=idea)
        supported(idea, 3)
        assert promising.earn_answer(idea=idea) is False

    def test_the_team_s_first_comment_is_the_reply(self, clock, board, author, team_member):
        idea = post(draft=DraftFactory(board=board, author=author), by=author)
        said_on(idea, "Me too.")
        assert Promise.objects.get().state == "running"
        said = said_on(idea, "Thank you.", by=team_member)
        promise = Promise.objects.get()
        assert (promise.state, promise.comment) == ("answered", said)
        idea.refresh_from_db()
        assert idea.replied_at == said.created_at

    def test_a_decision_of_the_team_is_a_reply_too(self, board, author, team_member):
        idea = post(draft=DraftFactory(board=board, author=author), by=author)
        made = step(idea, "needs_info", team_member)
        assert Promise.objects.get().decision == made

    def test_the_author_s_step_is_none(self, board, author, team_member):
        idea = idea_in("needs_info", board=board, author=author)
        promising.promise_reply(idea=idea)
        step(idea, "open", author)
        assert Promise.objects.get().state == "running"

    def test_ends_are_counted(self, clock, idea, board, team_member):
        earn(idea)
        clock.move_to(at(2026, 6, 4, 11))
        step(idea, "declined", team_member)
        count = PromiseCount.objects.get()
        assert (count.month, count.outcome, count.took, count.promises) == (
            date(2026, 6, 1), "kept", 3, 1,
        )  # fmt: skip

    def test_late_is_late(self, clock, idea, team_member):
        earn(idea)
        clock.move_to(at(2026, 6, 16, 0, 1))
        step(idea, "declined", team_member)
        assert PromiseCount.objects.get().outcome == "late"


class TestPausing:
    def test_asking_the_author_stops_the_clock(self, clock, idea, team_member):
        earn(idea)
        clock.move_to(at(2026, 6, 3, 9))
        step(idea, "needs_info", team_member)
        promise = Promise.objects.get()
        assert (promise.state, promise.escalate_at) == ("paused", None)
        idea.refresh_from_db()
        assert idea.clock_paused_at == at(2026, 6, 3, 9)
        assert idea.tally.due_at is None

    def test_going_on_moves_what_is_left(self, clock, idea, team_member):
        """Asked on Wednesday, answered on Monday: three working days later."""
        earn(idea)
        clock.move_to(at(2026, 6, 3, 9))
        step(idea, "needs_info", team_member)
        clock.move_to(at(2026, 6, 8, 18))
        step(idea, "under_review", team_member)
        promise = Promise.objects.get()
        assert (promise.state, promise.paused_days) == ("running", 3)
        assert (promise.half_at, promise.due_at) == (at(2026, 6, 12), at(2026, 6, 19))
        assert promise.escalate_at == promise.half_at

    def test_half_that_is_past_stays_where_it_was(self, clock, idea, team_member):
        earn(idea)
        clock.move_to(at(2026, 6, 10, 9))
        promising.escalate()
        step(idea, "needs_info", team_member)
        clock.move_to(at(2026, 6, 11, 9))
        step(idea, "open", team_member)
        promise = Promise.objects.get()
        assert (promise.half_at, promise.escalate_at) == (at(2026, 6, 9), promise.near_at)

    def test_hiding_stops_both_clocks(self, clock, board, author):
        idea = post(draft=DraftFactory(board=board, author=author), by=author)
        earn(idea)
        set_idea_hidden(idea=idea, hidden=True)
        assert set(Promise.objects.values_list("state", flat=True)) == {"paused"}
        clock.move_to(at(2026, 6, 2, 9))
        set_idea_hidden(idea=idea, hidden=False)
        assert set(Promise.objects.values_list("state", "paused_days")) == {("running", 1)}

    def test_it_runs_again_when_nothing_holds_it(self, clock, idea, team_member):
        earn(idea)
        step(idea, "needs_info", team_member)
        clock.move_to(at(2026, 6, 2, 9))
        set_idea_hidden(idea=idea, hidden=True)
        Idea.objects.filter(pk=idea.pk).update(status="needs_info")
        clock.move_to(at(2026, 6, 3, 9))
        set_idea_hidden(idea=idea, hidden=False)
        assert Promise.objects.get().state == "paused"
        clock.move_to(at(2026, 6, 4, 9))
        step(idea, "open", team_member)
        promise = Promise.objects.get()
        assert (promise.state, promise.paused_days) == ("running", 3)
        assert [pause.cause for pause in promise.pauses.all()] == ["info"]

    def test_one_cause_may_follow_another(self, clock, idea, team_member):
        earn(idea)
        set_idea_hidden(idea=idea, hidden=True)
        idea.refresh_from_db()
        Idea.objects.filter(pk=idea.pk).update(hidden_at=None)
        step(idea, "needs_info", team_member)
        causes = [pause.cause for pause in Promise.objects.get().pauses.order_by("pk")]
        assert causes == ["hidden", "info"]

    def test_a_clock_that_ran_out_does_not_pause(self, clock, idea, team_member):
        earn(idea)
        clock.move_to(at(2026, 6, 16, 9))
        step(idea, "needs_info", team_member)
        promise = Promise.objects.get()
        assert (promise.state, promise.due_at) == ("running", at(2026, 6, 16))

    def test_an_answer_ends_a_pause(self, clock, idea, team_member):
        earn(idea)
        step(idea, "needs_info", team_member)
        clock.move_to(at(2026, 6, 2, 9))
        step(idea, "declined", team_member)
        promise = Promise.objects.get()
        assert (promise.state, promise.paused_days) == ("answered", 1)
        assert promise.pauses.get().ended_at == promise.ended_at

    def test_earned_while_the_author_is_asked_it_stands_still_at_once(self, clock, board):
        promise = earn(idea_in("needs_info", board=board))
        assert (promise.state, promise.pauses.get().started_at) == ("paused", promise.started_at)


class TestWithdrawing:
    def test_in_public_with_a_reason(self, clock, idea, lead):
        promise = earn(idea)
        promising.withdraw(promise=promise, by=lead, reason=" The law changed. ")
        promise.refresh_from_db()
        assert (promise.state, promise.withdrawal_reason) == ("withdrawn", "The law changed.")
        idea.refresh_from_db()
        assert (idea.answer_due_at, idea.promise_withdrawn_at) == (None, at(2026, 6, 1, 12))
        assert PromiseCount.objects.get().outcome == "withdrawn"
        assert EventRecord.objects.filter(kind="ideas.promise_withdrawn").count() == 1
        assert idea.deeds.get().kind == "withdrew"

    def test_more_supporters_do_not_bring_it_back(self, idea, lead):
        promising.withdraw(promise=earn(idea), by=lead, reason="The law changed.")
        supported(idea, 2)
        assert promising.earn_answer(idea=idea) is False

    def test_but_a_reopening_does(self, clock, idea, lead):
        promising.withdraw(promise=earn(idea), by=lead, reason="The law changed.")
        clock.move_to(at(2026, 6, 2, 9))
        step(idea, "declined", lead)
        step(idea, "under_review", lead)
        assert Promise.objects.filter(state="running").count() == 1

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_not_in_silence(self, idea, lead, reason):
        self.refused("missing_reason", promise=earn(idea), by=lead, reason=reason)

    def test_not_twice(self, idea, lead):
        promise = earn(idea)
        promising.withdraw(promise=promise, by=lead, reason="The law changed.")
        self.refused("stale", promise=promise, by=lead, reason="Again.")

    @pytest.mark.parametrize("who", ["team_member", "author", "other_team_member"])
    def test_only_by_the_lead(self, idea, who, request):
        by = request.getfixturevalue(who)
        self.refused("not_your_promise", promise=earn(idea), by=by, reason="Because.")

    def test_or_by_who_decides_everywhere(self, idea, admin_member):
        promising.withdraw(promise=earn(idea), by=admin_member, reason="The law changed.")

    def refused(self, code, **deed):
        with pytest.raises(Refused) as refused:
            promising.withdraw(**deed)
        assert refused.value.code == code


class TestEscalating:
    def told(self):
        return list(Escalation.objects.order_by("pk").values_list("percent", flat=True))

    def test_nobody_is_told_before_half_of_the_time(self, clock, idea):
        earn(idea)
        clock.move_to(at(2026, 6, 8, 23, 59))
        assert promising.escalate() == 0

    def test_at_half_near_and_all_of_it_once_each(self, clock, idea):
        earn(idea)
        for day, levels in ((9, [50]), (10, [50]), (15, [50, 90]), (16, [50, 90, 100])):
            clock.move_to(at(2026, 6, day))
            promising.escalate()
            promising.escalate()
            assert self.told() == levels
        assert Promise.objects.get().escalate_at is None
        facts = EventRecord.objects.filter(kind="ideas.promise_escalated")
        assert [fact.payload["percent"] for fact in facts.order_by("pk")] == [50, 90, 100]

    def test_after_days_without_a_worker_each_level_is_told_once(self, clock, idea):
        earn(idea)
        clock.move_to(at(2026, 6, 20))
        assert promising.escalate() == 3
        assert self.told() == [50, 90, 100]

    def test_nobody_is_reminded_of_what_stands_still_or_has_ended(self, clock, idea, team_member):
        earn(idea)
        step(idea, "needs_info", team_member)
        clock.move_to(at(2026, 7, 20))
        assert promising.escalate() == 0
        step(idea, "declined", team_member)
        assert promising.escalate() == 0


def test_votes_taken_back_leave_a_running_clock_alone(idea):
    promise = earn(idea)
    withdraw_support(idea=idea, member=Support.objects.first().member)
    promise.refresh_from_db()
    assert promise.state == "running"
