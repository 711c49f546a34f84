"""What an idea's clock says: waiting, due, overdue, kept, late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from ideas.clock import clock_of, in_steps, reply_clock_of
from ideas.models import Idea
from tests.factories.ideas import idea_in, supported

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
def board(board):
    board.answer_threshold, board.answer_days = 3, 10
    board.save()
    return board


def clock(idea, *, started, answered=None, now=NOW):
    """The clock of the idea, started some days before `now`."""
    idea.threshold_reached_at = now - started * A_DAY
    idea.answer_due_at = idea.threshold_reached_at + 10 * A_DAY
    idea.answered_at = answered and idea.threshold_reached_at + answered * A_DAY
    return clock_of(idea, now)


def test_before_the_threshold_it_says_how_many_are_missing(idea):
    waiting = clock_of(idea, NOW)
    assert (waiting.state, waiting.part) == ("waiting", 0)
    assert waiting.words == "3 more supporters, then the Charging team answers within 10 days"


def test_the_last_one_missing(idea):
    supported(idea, 2)
    idea = Idea.objects.for_cards(None).get(pk=idea.pk)
    assert clock_of(idea).words.startswith("1 more supporter,")


def test_it_says_until_when(idea):
    due = clock(idea, started=4)
    assert (due.state, due.part) == ("due", 40)
    assert due.words == "The Charging team answers by June 21, 6 days left"


def test_the_last_day(idea):
    assert clock(idea, started=9).words.endswith("1 day left")


def test_overdue(idea):
    late = clock(idea, started=13)
    assert (late.state, late.part) == ("overdue", 100)
    assert late.words == "Overdue by 3 days: the Charging team owes an answer"


def test_overdue_by_minutes_is_a_day(idea):
    assert clock(idea, started=10.01).words.startswith("Overdue by 1 day:")


def test_answered_in_time(idea):
    kept = clock(idea, started=20, answered=4)
    assert (kept.state, kept.words) == ("kept", "Answered in 4 of 10 days")


def test_answered_late(idea):
    late = clock(idea, started=20, answered=12)
    assert (late.state, late.words) == ("late", "Answered 2 days late")


@pytest.mark.parametrize("status", ["draft", "planned", "declined", "shipped"])
def test_without_a_promise_there_is_no_clock(status):
    assert clock_of(idea_in(status)) is None


def test_days_are_those_of_the_reader(idea):
    """Due at 22:30 in London is after midnight in Berlin."""
    idea.threshold_reached_at = datetime(2026, 6, 10, 21, 30, tzinfo=UTC)
    idea.answer_due_at = datetime(2026, 6, 20, 22, 30, tzinfo=UTC)
    with timezone.override("Europe/London"):
        assert "June 20, 5 days" in clock_of(idea, NOW).words
    with timezone.override("Europe/Berlin"):
        assert "June 21, 6 days" in clock_of(idea, NOW).words


def test_it_speaks_german(idea):
    with translation.override("de"):
        words = clock(idea, started=4).words.replace("\xa0", " ")
    assert "21. Juni" in words


@pytest.mark.parametrize(
    ("share", "steps"),
    [(0, 0), (0.02, 0), (0.03, 5), (0.5, 50), (0.999, 95), (1, 100), (7, 100), (-1, 0)],
)
def test_shares_come_in_steps_and_only_all_is_all(share, steps):
    assert in_steps(share) == steps


def test_a_paused_clock_says_since_when_and_for_whom(idea):
    idea.status = "needs_info"
    idea.clock_paused_at = NOW - 2 * A_DAY
    paused = clock(idea, started=4)
    assert (paused.state, paused.part) == ("paused", 20)
    assert paused.words == "Paused since June 13: waits for the author"
    idea.status, idea.hidden_at = "open", NOW
    assert clock(idea, started=4).words == "Paused since June 13: hidden by moderation"


def test_a_withdrawn_promise_stays_visible(idea):
    idea.promise_withdrawn_at = NOW - 2 * A_DAY
    withdrawn = clock_of(idea, NOW)
    assert withdrawn.state == "withdrawn"
    assert withdrawn.words == "The Charging team withdrew its promise on June 13"


def test_the_end_of_today(idea):
    """Due at the midnight that ends the day."""
    idea.threshold_reached_at = NOW - 10 * A_DAY
    idea.answer_due_at = datetime(2026, 6, 15, 22, tzinfo=UTC)
    assert clock_of(idea, NOW).words == "The Charging team answers by the end of today"
    assert clock_of(idea, idea.answer_due_at).words.startswith("Overdue by 1 day:")


def test_midnight_belongs_to_the_day_that_it_ends(idea):
    idea.threshold_reached_at = NOW - A_DAY
    idea.answer_due_at = datetime(2026, 6, 18, 22, tzinfo=UTC)
    assert clock_of(idea, NOW).words == "The Charging team answers by June 18, 3 days left"


def test_working_days_are_called_so(idea):
    idea.board.calendar_id = 1
    assert clock_of(idea, NOW).words.endswith("within 10 working days")


class TestFirstReply:
    def words(self, idea, *, due, replied=None):
        idea.opened_at = NOW - 4 * A_DAY
        idea.reply_due_at = NOW + due * A_DAY
        idea.replied_at = replied and NOW + replied * A_DAY
        clock = reply_clock_of(idea, NOW)
        return clock.state, clock.words

    def test_none_was_promised(self, idea):
        assert reply_clock_of(idea, NOW) is None

    def test_until_when(self, idea):
        assert self.words(idea, due=3) == ("due", "A first reply by June 18, 3 days left")
        assert self.words(idea, due=0.2) == ("due", "A first reply by the end of today")

    def test_overdue(self, idea):
        assert self.words(idea, due=-2) == ("overdue", "First reply overdue by 2 days")

    def test_replied(self, idea):
        assert self.words(idea, due=3, replied=-1) == ("kept", "First reply after 3 days")
        assert self.words(idea, due=3, replied=-4) == ("kept", "First reply on the same day")
        assert self.words(idea, due=-3, replied=-1) == ("late", "First reply 2 days late")
