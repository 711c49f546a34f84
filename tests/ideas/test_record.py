"""The record of promises: what was kept, how long it took, what is overdue or withdrawn."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from community.cursors import BadCursor
from community.models import Team
from ideas import record
from ideas.models import Board, Promise
from ideas.ordering import Place
from ideas.record.histogram import Tally, quantile
from ideas.services.hiding import set_idea_hidden
from tests.factories.ideas import BoardFactory, IdeaFactory, idea_in

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


def promised(*, due, ended=None, kind="answer", board=None, status="open", reason=""):
    """A promise that began twenty days before it was due; `due` and `ended` are days from now."""
    now = timezone.now()
    board = board or Board.objects.first() or BoardFactory()
    idea = idea_in(status, board=board)
    due_at = now + due * A_DAY
    promise = Promise.objects.create(
        idea=idea, owed_on=idea, board=board, team=board.team, kind=kind, days=20,
        threshold=50 if kind == "answer" else None, started_at=due_at - 20 * A_DAY,
        half_at=due_at, near_at=due_at, due_at=due_at,
    )  # fmt: skip
    if ended is not None:
        promise.state = "withdrawn" if reason else "answered"
        promise.ended_at = now + ended * A_DAY
        promise.decision = None if reason else idea.decisions.first()
        promise.withdrawn_by, promise.withdrawal_reason = (idea.author if reason else None), reason
        promise.save()
    return promise


class TestSums:
    def test_before_the_first_answer_is_due_there_is_no_record(self):
        promised(due=3)
        assert record.promises_kept() is None

    def test_kept_late_overdue_and_withdrawn(self):
        promised(due=-5, ended=-7, status="declined")
        promised(due=-5, ended=-6, status="planned")
        promised(due=-5, ended=-4, status="planned")
        promised(due=-1)
        promised(due=1)
        promised(due=1, ended=0, reason="The law changed.")
        answers = record.promises_kept()
        total, load = answers.total, answers.load
        assert (total.kept, total.late, total.overdue, total.withdrawn) == (2, 1, 1, 1)
        assert (total.percent, answers.share) == (50, 50)
        assert (load.running, load.overdue, load.paused) == (2, 1, 0)

    def test_replies_are_a_record_of_their_own(self):
        promised(due=-5, ended=-7, status="declined", kind="reply")
        found = record.record_of(None)
        assert (found.answers.total.answered, found.replies.total.answered) == (0, 1)
        assert record.promises_kept() is None

    def test_by_team(self):
        for name, ended in (("Heating", -7), ("App", -4)):
            board = BoardFactory(team=Team.objects.create(name=name, slug=name.lower()))
            promised(due=-5, ended=ended, status="declined", board=board)
        teams = record.record_of(None).answers.by_team
        assert [(team.name, team.tally.percent) for team in teams] == [("App", 0), ("Heating", 100)]

    def test_by_board(self):
        promised(due=-5, ended=-7, status="declined", board=BoardFactory())
        promise = promised(due=-5, ended=-7, status="declined", board=BoardFactory())
        assert record.record_of(promise.board).answers.total.kept == 1

    def test_twelve_months_end_with_this_one(self):
        promised(due=-5, ended=0, status="declined")
        promised(due=-500, ended=-500, status="declined")
        answers = record.record_of(None).answers
        assert len(answers.months) == 12
        assert answers.months[-1].tally.answered == 1
        assert answers.months[-1].first == timezone.now().date().replace(day=1)
        assert answers.total.answered == 1

    def test_hidden_ideas_stay_on_the_record(self):
        set_idea_hidden(idea=promised(due=-1).idea, hidden=True)
        assert record.promises_kept().total.overdue == 1

    def test_a_minute_old_at_the_most(self, django_assert_num_queries):
        promised(due=-1)
        record.record_of(None)
        with django_assert_num_queries(0):
            assert record.promises_kept().total.overdue == 1
        cache.clear()
        with django_assert_num_queries(2):
            record.promises_kept()


class TestSharesAndQuantiles:
    def test_the_share_is_rounded_down(self):
        assert Tally(kept=2, late=1).percent == 66
        assert Tally().percent is None

    @pytest.mark.parametrize(
        ("counts", "share", "days"),
        [
            ([(1, 1)], 0.5, 1),
            ([(1, 1), (5, 1)], 0.5, 1),
            ([(1, 1), (5, 2)], 0.5, 5),
            ([(3, 9), (40, 1)], 0.9, 3),
            ([(3, 8), (40, 2)], 0.9, 40),
            ([(9, 1), (2, 1), (4, 1)], 0.5, 4),
            ([], 0.5, None),
        ],
    )
    def test_quantiles_are_days_in_which_that_share_came(self, counts, share, days):
        assert quantile(counts, share) == days

    def test_they_equal_those_of_every_single_answer(self):
        tally = Tally()
        for took in (1, 2, 2, 3, 8, 9, 30):
            tally.add("kept", took, 1)
        assert (tally.median, tally.p90) == (3, 30)

    def test_withdrawn_ones_took_no_time(self):
        tally = Tally()
        tally.add("withdrawn", 40, 3)
        assert (tally.withdrawn, tally.median) == (3, None)


def test_the_highest_bar_fills_the_drawing():
    promised(due=-5, ended=0, status="declined")
    promised(due=5, ended=0, status="declined")
    bars = record.record_of(None).answers.bars
    assert (bars[-1].kept, bars[-1].late, bars[-1].late_y) == (50, 50, 0)
    assert (bars[0].kept, bars[0].number) == (0, 0)


class TestOverdue:
    def test_the_longest_owed_first_and_paged_by_key(self):
        promises = [promised(due=-days) for days in (1, 5, 3)]
        first, behind = record.overdue(None, size=2)
        assert [p.pk for p in first] == [promises[1].pk, promises[2].pk]
        second, end = record.overdue(None, Place.decode(behind.encode()), size=2)
        assert ([p.pk for p in second], end) == ([promises[0].pk], None)

    def test_what_is_not_yet_due_or_has_ended_is_not(self):
        promised(due=1)
        promised(due=-5, ended=-4, status="declined")
        assert record.overdue(None) == ([], None)

    def test_of_one_board(self):
        promise = promised(due=-1, board=BoardFactory())
        promised(due=-1, board=BoardFactory())
        assert [p.pk for p in record.overdue(promise.board)[0]] == [promise.pk]

    @pytest.mark.parametrize("key", ["soon", 7, "2026-01-01", "0001-01-01T00:00+23:59"])
    def test_foreign_cursors_are_refused(self, key):
        with pytest.raises(BadCursor):
            record.overdue(None, Place(key, 1))


def test_what_was_withdrawn_last_stands_first():
    old = promised(due=1, ended=-3, reason="Too dear.")
    new = promised(due=1, ended=-1, reason="The law changed.")
    assert [p.pk for p in record.withdrawn(None)] == [new.pk, old.pk]
    assert record.withdrawn(BoardFactory()) == []


class TestTerms:
    def test_a_board_s_history_the_newest_first(self, board):
        board.answer_days = 20
        board.save()
        assert [terms.answer_days for terms in record.promised(board)] == [20, 30]

    def test_of_the_site_those_that_hold(self, board):
        board.answer_days = 20
        board.save()
        IdeaFactory(board__position=9)
        assert [terms.answer_days for terms in record.promised(None)] == [20, 30]
