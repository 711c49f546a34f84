"""Proving the record of promises: replayed from what was voted, said and decided.

Nothing here asks the services that wrote the rows. Hidden ideas leave no trail of their own, so
pauses by moderation are taken from the record; everything else is computed anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Self

from django.db import connection
from django.utils import timezone

from ideas.models import (
    Comment,
    Decision,
    Idea,
    Merge,
    Promise,
    PromiseTerms,
    Support,
    SupportChange,
    WorkCalendar,
)
from ideas.models.decision import Origin
from ideas.models.promise import PauseCause, PromiseKind, PromiseState
from ideas.models.support import Cause
from ideas.services.calendars import workdays_of
from ideas.status import ANSWERS, WAITS_FOR_ANSWER, Status
from ideas.workdays import Workdays

AT_ONCE = 1000
# How late a reminder may be before it counts as missing.
GRACE = timedelta(minutes=15)


@dataclass(frozen=True)
class Drift:
    """A promise that is not what its history says, or (0) something beside all of them."""

    promise_id: int
    words: str


@dataclass(frozen=True)
class Known:
    """A calendar, with the holidays that were known at a moment."""

    days: Workdays
    entered: Mapping[date, datetime]

    def at(self, moment: datetime) -> Workdays:
        return replace(
            self.days, holidays=frozenset(d for d, since in self.entered.items() if since <= moment)
        )

    @classmethod
    def of(cls, calendar: WorkCalendar) -> Self:
        rows = calendar.holidays.values_list("day", "entered_at")
        return cls(workdays_of(calendar), dict(rows))


@dataclass(frozen=True)
class _Story:
    """What happened to the ideas of some promises."""

    decisions: Mapping[int, Sequence[Decision]]
    comments: Mapping[int, Sequence[Comment]]
    calendars: Mapping[int | None, Known]
    # Ideas that ever stood under another one: theirs ended and paused with that one.
    merged: frozenset[int]


def drifts(*, now: datetime | None = None) -> list[Drift]:
    """Everything on the record that differs from a recomputation. Empty on a healthy site."""
    now = now or timezone.now()
    days: dict[int | None, Known] = {None: Known(workdays_of(None), {})}
    days |= {calendar.pk: Known.of(calendar) for calendar in WorkCalendar.objects.all()}
    rows = Promise.objects.prefetch_related("pauses", "escalations").order_by("pk")
    found: list[Drift] = []
    for some in batched(rows.iterator(chunk_size=AT_ONCE), AT_ONCE, strict=False):
        story = _story(some, days)
        found += (Drift(p.pk, words) for p in some for words in _differences(p, story, now))
    return [*found, *_unearned(), *_forgotten(), *_miscounted(), *misshown()]


def _story(promises: Iterable[Promise], days: Mapping[int | None, Known]) -> _Story:
    ideas = {p.owed_on_id for p in promises} | {p.idea_id for p in promises}
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(idea__in=ideas).order_by("pk"):
        decisions[decision.idea_id].append(decision)
    comments: dict[int, list[Comment]] = defaultdict(list)
    official = Comment.objects.filter(idea__in=ideas, team__isnull=False).order_by("pk")
    for comment in official.defer("body", "body_html"):
        comments[comment.idea_id].append(comment)
    merged = Merge.objects.filter(duplicate__in=ideas).values_list("duplicate_id", flat=True)
    return _Story(decisions, comments, days, frozenset(merged))


def _differences(promise: Promise, story: _Story, now: datetime) -> Iterator[str]:
    yield from _wrong_end(promise, story)
    yield from _wrong_pauses(promise, story)
    yield from _wrong_times(promise, story.calendars[promise.calendar_id])
    yield from _wrong_reminders(promise, now)


def _wrong_end(promise: Promise, story: _Story) -> Iterator[str]:
    by = _first_end(promise, story)
    withdrawn = promise.state == PromiseState.WITHDRAWN
    if promise.idea_id in story.merged or (withdrawn and not by):
        return
    if withdrawn and by and promise.ended_at and by.created_at >= promise.ended_at:
        return
    if by != (promise.decision or promise.comment):
        yield f"ended by {by!r}, not by {promise.decision or promise.comment!r}"
    elif by and promise.ended_at != max(by.created_at, promise.started_at):
        yield f"ended at {promise.ended_at}, not {by.created_at}"


def _first_end(promise: Promise, story: _Story) -> Decision | Comment | None:
    decisions = [
        d
        for d in story.decisions.get(promise.owed_on_id, ())
        if d.created_at >= promise.started_at or d.pk == promise.decision_id
    ]
    if promise.kind == PromiseKind.ANSWER:
        return next((d for d in decisions if d.to_status in ANSWERS), None)
    spoke: list[Decision | Comment] = [
        d for d in decisions if d.team_id and d.origin == Origin.PERSON
    ]
    said: list[Decision | Comment] = [
        c for c in story.comments.get(promise.owed_on_id, ()) if c.created_at >= promise.started_at
    ]
    return min(spoke + said, key=lambda deed: deed.created_at, default=None)


def _wrong_pauses(promise: Promise, story: _Story) -> Iterator[str]:
    pauses = list(promise.pauses.all())
    hidden = any(pause.cause == PauseCause.HIDDEN for pause in pauses)
    if hidden or promise.idea_id in story.merged:
        return
    kept = [(pause.started_at, pause.ended_at) for pause in pauses]
    expected = list(_asked(promise, story)) if promise.kind == PromiseKind.ANSWER else []
    if kept != expected:
        yield f"paused {kept}, not {expected}"


def _asked(promise: Promise, story: _Story) -> Iterator[tuple[datetime, datetime | None]]:
    """When the author was asked while the clock ran."""
    known = story.calendars[promise.calendar_id]
    due = known.at(promise.started_at).times(promise.started_at, promise.days).due
    for began, ended in _spans(story.decisions.get(promise.owed_on_id, ())):
        start = max(began, promise.started_at)
        end = min(filter(None, (ended, promise.ended_at)), default=None)
        if (end and end <= start) or due <= start:
            continue
        yield start, end
        if end:
            days = known.at(end)
            due = days.later(due, days.between(start, end))


def _spans(decisions: Iterable[Decision]) -> Iterator[tuple[datetime, datetime | None]]:
    began = None
    for decision in decisions:
        if began is not None:
            yield began, decision.created_at
            began = None
        if decision.to_status == Status.NEEDS_INFO:
            began = decision.created_at
    if began is not None:
        yield began, None


def _wrong_times(promise: Promise, known: Known) -> Iterator[str]:
    times = known.at(promise.started_at).times(promise.started_at, promise.days)
    moments, paused = [times.half, times.near, times.due], 0
    for pause in promise.pauses.all():
        if pause.ended_at:
            days = known.at(pause.ended_at)
            moved = days.between(pause.started_at, pause.ended_at)
            moments = [days.later(m, moved) if m > pause.started_at else m for m in moments]
            paused += moved
    kept = [promise.half_at, promise.near_at, promise.due_at]
    if kept != moments:
        yield f"half, near and due are {kept}, not {moments}"
    if promise.paused_days != paused:
        yield f"paused for {promise.paused_days} days, not {paused}"


def _wrong_reminders(promise: Promise, now: datetime) -> Iterator[str]:
    levels = {50: promise.half_at, 90: promise.near_at, 100: promise.due_at}
    told = {reminder.percent: reminder.happened_at for reminder in promise.escalations.all()}
    end = promise.ended_at or now
    early = [p for p, moment in told.items() if not levels[p] <= moment <= end]
    if early:
        yield f"reminded too early or too late of {early} percent"
    if promise.state == PromiseState.RUNNING:
        missing = [p for p, moment in levels.items() if moment < now - GRACE and p not in told]
        if missing:
            yield f"nobody was reminded of {missing} percent"


def _unearned() -> Iterator[Drift]:
    """Answers that began at a moment when nothing happened, or by terms that nobody promised."""
    rows = Promise.objects.filter(kind=PromiseKind.ANSWER, idea__external_id="")
    for promise in rows.order_by("pk").iterator():
        start = promise.started_at
        together = _ever_together(promise.idea_id)
        happened = (
            Support.objects.filter(idea__in=together, counted_at=start).exists()
            or Merge.objects.filter(merged_at=start, duplicate__in=together).exists()
            or Decision.objects.filter(idea=promise.idea_id, created_at=start).exists()
            or SupportChange.objects.filter(
                support__idea__in=together, cause=Cause.REINSTATED, changed_at=start
            ).exists()
            or PromiseTerms.objects.filter(board=promise.board_id, since=start).exists()
        )
        # A vote that was taken back and given again lost its first moment.
        again = Support.objects.filter(idea__in=together, counted_at__gt=start).exists()
        terms = PromiseTerms.objects.filter(
            board=promise.board_id,
            answer_threshold=promise.threshold or 0,
            answer_days=promise.days,
        )
        if not (happened or again) or not terms.exists():
            yield Drift(promise.pk, "was not earned when it began")


def _ever_together(idea_id: int) -> set[int]:
    """An idea and all that were ever merged into it, however deep."""
    found, fresh = {idea_id}, {idea_id}
    while fresh:
        below = Merge.objects.filter(survivor__in=fresh).values_list("duplicate_id", flat=True)
        fresh = set(below) - found
        found |= fresh
    return found


def _forgotten() -> Iterator[Drift]:
    """Ideas with the support that have no promise at all."""
    waiting = Idea.objects.filter(status__in=sorted(WAITS_FOR_ANSWER), merged_into=None)
    enough = waiting.filter(owed=None, hidden_at=None).select_related("board", "tally")
    for idea in enough.iterator():
        if Support.objects.supporters(idea.pk).count() >= idea.board.answer_threshold:
            yield Drift(0, f"idea {idea.pk} has earned an answer, and none is promised")


_COUNTS = """
    SELECT coalesce(kept.month, counted.month), coalesce(kept.promises, 0),
           coalesce(counted.promises, 0)
    FROM ideas_promisecount kept
    FULL JOIN (
        SELECT board_id, team_id, kind,
               date_trunc('month', ended_at AT TIME ZONE 'UTC')::date AS month,
               CASE WHEN state = 'withdrawn' THEN 'withdrawn' WHEN ended_at <= due_at THEN 'kept'
                    ELSE 'late' END AS outcome,
               greatest(1, ceil(extract(epoch FROM ended_at - started_at) / 86400))::int AS took,
               count(*) AS promises
        FROM ideas_promise WHERE ended_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
    ) counted USING (board_id, team_id, kind, month, outcome, took)
    WHERE kept.promises IS DISTINCT FROM counted.promises
"""
_SHOWN = """
    SELECT tally.idea_id FROM ideas_ideatally tally
    LEFT JOIN (SELECT owed_on_id AS idea_id, min(due_at) AS due_at FROM ideas_promise
               WHERE state = 'running' GROUP BY 1) owed USING (idea_id)
    WHERE tally.due_at IS DISTINCT FROM owed.due_at ORDER BY 1
"""


def _miscounted() -> Iterator[Drift]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        for month, kept, counted in cursor.fetchall():
            yield Drift(0, f"{month}: {kept} promises on the record, {counted} counted")


def misshown() -> Iterator[Drift]:
    """Ideas whose tally shows another date than the promises that are owed there."""
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN)
        for (idea_id,) in cursor.fetchall():
            yield Drift(0, f"idea {idea_id} shows another date than its promises")
