"""A year of ten boards, and whatever the record says of it computed anew."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from community.models import TeamMembership
from ideas.models import (
    Board,
    Decision,
    Escalation,
    Holiday,
    Idea,
    Promise,
    PromiseCount,
    Support,
    WorkCalendar,
)
from ideas.services import boards, promising
from ideas.services.discussing import comment
from ideas.services.hiding import set_idea_hidden
from ideas.services.steps import decide
from ideas.services.supporting import give_support
from ideas.services.verifying import drifts
from ideas.services.writing import post
from ideas.status import ANSWERS, steps_from
from tests.factories.community import MemberFactory, TeamMembershipFactory
from tests.factories.ideas import GROUNDS, BoardFactory, DraftFactory, supported
from tests.sql import sql

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime(2025, 1, 6, 8, tzinfo=BERLIN)
A_DAY = timedelta(days=1)
# The worker is dead on these days of the year; no reminder and no event is handed over.
DEAD = range(100, 103)
HOLIDAYS = (date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 1), date(2025, 12, 25))


class Year:
    """Everything that members, teams and moderation do, by the same dice each time."""

    def __init__(self, deliver):
        self.deliver, self.dice = deliver, Random("a year")
        self.people = MemberFactory.create_batch(9)
        self.boards = [self.board(number) for number in range(10)]

    def board(self, number):
        calendar = None
        if number % 3:
            calendar = WorkCalendar.objects.create(name=f"Calendar {number}")
            Holiday.objects.bulk_create(
                Holiday(calendar=calendar, day=day, name="Holiday", entered_at=FIRST)
                for day in HOLIDAYS
            )
        board = BoardFactory(
            answer_threshold=2 + number % 3, answer_days=8 + number, calendar=calendar,
            reply_days=None if number == 9 else 3 + number % 4, reopen_threshold=2,
        )  # fmt: skip
        TeamMembershipFactory(team=board.team, is_lead=True)
        return board

    def team_of(self, board):
        return TeamMembership.objects.get(team=board.team_id).member

    def live(self, clock):
        for day in range(0, 364, 2):
            clock.move_to(FIRST + timedelta(days=day, hours=day % 10))
            for _deed in range(6):
                self.happen()
                clock.shift(timedelta(minutes=20))
            if day not in DEAD:
                self.deliver()
                promising.escalate()

    def happen(self):
        dice, board = self.dice, Board.objects.get(pk=self.dice.choice(self.boards).pk)
        if dice.random() < 0.3:
            author = dice.choice(self.people)
            post(draft=DraftFactory(board=board, author=author), by=author)
        ideas = list(Idea.objects.filter(board=board).select_related("board__team"))
        if not ideas:
            return
        idea = dice.choice(ideas)
        deed = dice.choices(["vote", "step", "say", "hide", "terms", "withdraw"],
                            [40, 32, 10, 4, 2, 2])[0]  # fmt: skip
        getattr(self, deed)(idea)

    def vote(self, idea):
        for person in self.dice.sample(self.people, 3):
            if idea.author_id != person.pk and not idea.hidden_at and idea.status != "shipped":
                give_support(idea=idea, member=person)

    def step(self, idea):
        team = self.team_of(idea.board)
        to = self.dice.choice([step.target for step in steps_from(idea.status)])
        if not idea.hidden_at:
            decide(idea=idea, to=to, by=team, grounds=GROUNDS)

    def say(self, idea):
        if not idea.hidden_at:
            comment(idea=idea, by=self.team_of(idea.board), body="Thank you for this.")

    def hide(self, idea):
        set_idea_hidden(idea=idea, hidden=idea.hidden_at is None)

    def terms(self, idea):
        new = {"answer_threshold": self.dice.randint(2, 5), "answer_days": self.dice.randint(3, 20)}
        boards.change_terms(board=idea.board, by=None, **new)

    def withdraw(self, idea):
        promise = Promise.objects.open().filter(owed_on=idea).first()
        if promise:
            by = self.team_of(idea.board)
            promising.withdraw(promise=promise, by=by, reason="We cannot.")


def test_a_year_and_its_record(deliver):
    with time_machine.travel(FIRST, tick=False) as clock:
        year = Year(deliver)
        year.live(clock)
        assert drifts() == []
    promises = list(Promise.objects.prefetch_related("escalations", "pauses"))
    # A year in which nothing happened would prove nothing.
    states = Counter(p.state for p in promises)
    assert states["answered"] > 100
    assert states["withdrawn"] > 5
    assert sum(len(p.pauses.all()) for p in promises) > 20
    assert Counter(p.kind for p in promises)["answer"] > 30
    assert any(p.paused_days for p in promises)
    assert Decision.objects.filter(from_status__in=ANSWERS, to_status="under_review").exists()
    assert_every_reminder_once(promises)
    assert_the_record_is_what_happened(promises)


def assert_every_reminder_once(promises):
    """By hand: each level whose moment passed while the clock ran, at the next beat."""
    last = FIRST + timedelta(days=362, hours=2)
    for promise in promises:
        told = {e.percent: e.happened_at for e in promise.escalations.all()}
        for percent, moment in (
            (50, promise.half_at),
            (90, promise.near_at),
            (100, promise.due_at),
        ):
            stands = promise.state == "paused"
            assert percent not in told or told[percent] >= moment
            if promise.state == "running" and moment <= last:
                assert percent in told
            if promise.ended_at and moment > promise.ended_at:
                assert percent not in told
            if percent in told and not stands:
                late = told[percent] - moment
                # Beats are two days and some hours apart, and twice as far where one is dead.
                assert late <= (len(DEAD) + 3) * A_DAY + sum_of_pauses(promise)
    assert Escalation.objects.count() == sum(len(p.escalations.all()) for p in promises)


def sum_of_pauses(promise):
    return sum((p.ended_at - p.started_at for p in promise.pauses.all() if p.ended_at), timedelta())


def assert_the_record_is_what_happened(promises):
    ended = Counter(
        "withdrawn" if p.state == "withdrawn" else "kept" if p.ended_at <= p.due_at else "late"
        for p in promises
        if p.ended_at
    )
    counted = Counter()
    for row in PromiseCount.objects.all():
        counted[row.outcome] += row.promises
    assert counted == ended
    assert ended["kept"] > 10
    assert ended["late"] > 10


class TestDrift:
    """What the proof would find."""

    @pytest.fixture
    def promise(self, team):
        board = BoardFactory(team=team, answer_threshold=1, reply_days=None)
        idea = DraftFactory(board=board)
        idea = post(draft=idea, by=idea.author)
        supported(idea, 1)
        promising.earn_answer(idea=idea)
        assert drifts() == []
        return Promise.objects.get()

    def test_a_date_that_was_moved(self, promise):
        Promise.objects.update(due_at=promise.due_at + A_DAY)
        assert [d.promise_id for d in drifts()] == [promise.pk]

    def test_a_pause_that_nobody_asked_for(self, promise):
        promise.pauses.create(cause="info", started_at=promise.started_at)
        assert "paused" in drifts()[0].words

    def test_an_answer_that_was_passed_over(self, promise, team_member):
        sql("SET LOCAL session_replication_role = replica")
        decide(idea=promise.idea, to="declined", by=team_member, grounds=GROUNDS)
        sql(
            "UPDATE ideas_promise SET state = 'running', ended_at = NULL, decision_id = NULL"
            " WHERE id = %s", promise.pk,
        )  # fmt: skip
        sql("SET LOCAL session_replication_role = origin")
        assert any("ended by" in drift.words for drift in drifts())

    def test_a_reminder_that_never_came(self, promise):
        assert "nobody was reminded" in drifts(now=promise.half_at + A_DAY)[0].words

    def test_a_reminder_too_early(self, promise):
        promise.escalations.create(percent=90, due_at=promise.due_at)
        assert "too early" in drifts()[0].words

    def test_a_count_that_was_changed(self, promise, team_member):
        decide(idea=promise.idea, to="declined", by=team_member, grounds=GROUNDS)
        PromiseCount.objects.update(promises=7)
        assert [drift.promise_id for drift in drifts()] == [0, 0] or len(drifts()) == 1

    def test_an_answer_that_was_not_earned(self, promise, board):
        sql("SET LOCAL session_replication_role = replica")
        sql("UPDATE ideas_promise SET threshold = 99")
        sql("SET LOCAL session_replication_role = origin")
        assert any("not earned" in drift.words for drift in drifts())

    def test_an_answer_that_was_forgotten(self, promise):
        idea = DraftFactory(board=promise.board)
        idea = post(draft=idea, by=idea.author)
        supported(idea, 1)
        assert "none is promised" in drifts()[0].words

    def test_a_tally_that_shows_another_date(self, promise):
        sql("UPDATE ideas_ideatally SET due_at = now()")
        assert "another date" in drifts()[0].words

    def test_the_command_says_so(self, promise, capsys):
        call_command("verify_promises")
        assert "equals its recomputation" in capsys.readouterr().out
        Promise.objects.update(due_at=promise.due_at + A_DAY)
        with pytest.raises(CommandError, match="1 differences"):
            call_command("verify_promises")
        assert Support.objects.exists()
