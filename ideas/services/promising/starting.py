"""Starting clocks: of answers that were earned, and of first replies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.db.models import Max

from ideas.models import (
    Board,
    Idea,
    Merge,
    Promise,
    PromiseTerms,
    Support,
    SupportChange,
    TallyDelta,
    WorkCalendar,
)
from ideas.models.promise import OPEN, PromiseKind, PromiseState
from ideas.models.support import Cause
from ideas.services import tallies
from ideas.services.calendars import workdays_of
from ideas.services.promising.open_ones import locked
from ideas.services.promising.pausing import adapt
from ideas.status import ANSWERS, WAITS_FOR_ANSWER


@dataclass(frozen=True)
class Terms:
    """What is promised: copied, so that new terms of the board move no running clock."""

    kind: PromiseKind
    days: int
    calendar: WorkCalendar | None
    threshold: int | None = None


def start(idea: Idea, terms: Terms, moment: datetime) -> Promise:
    """A promise of these terms runs from a moment."""
    times = workdays_of(terms.calendar).times(moment, terms.days)
    return Promise.objects.create(
        idea=idea,
        owed_on=idea,
        board=idea.board,
        team_id=idea.board.team_id,
        kind=terms.kind,
        threshold=terms.threshold,
        days=terms.days,
        calendar=terms.calendar,
        started_at=moment,
        half_at=times.half,
        near_at=times.near,
        due_at=times.due,
        escalate_at=times.half,
    )


def start_answer(*, idea: Idea, moment: datetime) -> Promise:
    """The board owes the idea an answer from here on, by its terms of today."""
    promise = start(idea, _terms_of(idea.board), moment)
    adapt(promise, idea, moment)
    return promise


def _terms_of(board: Board) -> Terms:
    return Terms(PromiseKind.ANSWER, board.answer_days, board.calendar, board.answer_threshold)


def promise_reply(*, idea: Idea) -> None:
    """The clock of the first reply, from the posting on, where the board promises one."""
    assert idea.opened_at is not None
    board = idea.board
    if board.reply_days is not None:
        start(idea, Terms(PromiseKind.REPLY, board.reply_days, board.calendar), idea.opened_at)


@transaction.atomic
def earn_answer(*, idea: Idea) -> bool:
    """Start the clock of an idea that has the support; False when it runs or ran already.

    It runs from the moment when support, terms and status first agreed: the supporter who made the
    number full, the step back from an answer, or new terms that ask for fewer supporters.
    """
    idea = locked(idea)
    if idea.status not in WAITS_FOR_ANSWER or idea.merged_into_id or not _may_earn(idea):
        return False
    for terms, moment in _earned(idea):
        # Earned while the author is asked for something, it stands still from the start.
        adapt(start(idea, terms, moment), idea, moment)
        return True
    return False


def catch_up(*, ideas: Iterable[Idea]) -> None:
    """Before a step: what was earned and not noticed yet, so that no delay changes the record."""
    waiting = [i for i in ideas if i.status in WAITS_FOR_ANSWER and i.answer_due_at is None]
    behind = set(TallyDelta.objects.filter(idea__in=waiting).values_list("idea_id", flat=True))
    for idea in waiting:
        supporters = tallies.fold(idea.pk) if idea.pk in behind else idea.tally.supports
        if supporters >= idea.board.answer_threshold:
            earn_answer(idea=idea)


def _may_earn(idea: Idea) -> bool:
    """Not while an answer is owed here, and not again unless the idea came back from an answer."""
    answers = Promise.objects.filter(owed_on=idea, kind=PromiseKind.ANSWER)
    if answers.filter(state__in=sorted(OPEN)).exists():
        return False
    last = answers.order_by("-ended_at", "-id").first()
    if last is None:
        return True
    back = idea.decisions.filter(created_at__gt=last.ended_at, from_status__in=ANSWERS)
    return last.state == PromiseState.WITHDRAWN and back.exists()


def _earned(idea: Idea) -> Iterator[tuple[Terms, datetime]]:
    """When the answer was earned and by which terms: at most one.

    Supporters that a merge brought along count from the merge on, those whose votes were void for a
    while from the moment on in which they counted again.
    """
    counted = Support.objects.supporters(idea.pk).order_by("first", "member_id")
    merges = Merge.objects.live().filter(duplicate__merged_into=idea).order_by("-merged_at")
    merged = merges.values_list("merged_at", flat=True).first()
    again = SupportChange.objects.filter(
        support__in=Support.objects.in_group(idea.pk), cause=Cause.REINSTATED
    ).aggregate(last=Max("changed_at"))["last"]
    back = idea.decisions.filter(from_status__in=ANSWERS).order_by("-id")
    back_since = back.values_list("created_at", flat=True).first()
    for said, since, until in _history(idea.board):
        at = said.answer_threshold - 1
        full = counted.values_list("first", flat=True)[at : at + 1].first()
        moment = max(filter(None, (full, back_since, since, merged, again)), default=None)
        if full and moment and (until is None or moment < until):
            terms = Terms(
                PromiseKind.ANSWER, said.answer_days, said.calendar, said.answer_threshold
            )
            yield terms, moment
            return


def _history(board: Board) -> Iterator[tuple[PromiseTerms, datetime | None, datetime | None]]:
    """The board's terms, each with when they began (the first: always) and ended."""
    rows = list(board.terms.select_related("calendar").order_by("id"))
    if not rows:
        return
    begins = [None, *(row.since for row in rows[1:]), None]
    for row, (since, until) in zip(rows, pairwise(begins), strict=True):
        yield row, since, until
