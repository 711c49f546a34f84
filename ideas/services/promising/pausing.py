"""Pauses: while the author owes information, and while moderation hides the idea.

A pause moves what is left of the clock by the working days from the day it began to the day it
ended. A clock that has run out does not pause.
"""

from datetime import datetime

from ideas.models import Idea, Promise, PromisePause
from ideas.models.promise import PauseCause, PromiseKind, PromiseState
from ideas.services.calendars import workdays_of
from ideas.services.promising.open_ones import owed_on
from ideas.status import Status


def settle(*, idea: Idea, moment: datetime) -> None:
    """Let what is owed on an idea run or stand still, as the idea is from now on."""
    for promise in owed_on(idea):
        adapt(promise, idea, moment)


def adapt(promise: Promise, idea: Idea, moment: datetime) -> None:
    """Let an open promise stand still or run, as its idea says."""
    pause = _pause_of(promise)
    causes = _causes(promise, idea)
    if pause and pause.cause in causes:
        return
    if pause:
        _end(promise, pause, moment)
    if causes and promise.due_at > moment:
        _begin(promise, causes[0], moment)
    elif not pause:
        return
    promise.save()


def _causes(promise: Promise, idea: Idea) -> list[PauseCause]:
    causes = [PauseCause.HIDDEN] if idea.hidden_at else []
    # Asking the author is a first reply.
    if idea.status == Status.NEEDS_INFO and promise.kind == PromiseKind.ANSWER:
        causes.append(PauseCause.INFO)
    return causes


def _begin(promise: Promise, cause: PauseCause, moment: datetime) -> None:
    # Before the promise is saved, because a trigger shows on the idea since when it is paused.
    PromisePause.objects.create(promise=promise, cause=cause, started_at=moment)
    promise.state, promise.escalate_at = PromiseState.PAUSED, None


def _end(promise: Promise, pause: PromisePause, moment: datetime) -> None:
    pause.ended_at = max(moment, pause.started_at)
    pause.save(update_fields=["ended_at"])
    days = workdays_of(promise.calendar)
    moved = days.between(pause.started_at, pause.ended_at)
    for name in ("half_at", "near_at", "due_at"):
        if getattr(promise, name) > pause.started_at:
            setattr(promise, name, days.later(getattr(promise, name), moved))
    promise.paused_days += moved
    promise.state = PromiseState.RUNNING
    promise.escalate_at = _next(promise)


def _next(promise: Promise) -> datetime | None:
    """The first level that nobody was told of yet."""
    told = set(promise.escalations.values_list("percent", flat=True))
    levels = ((50, promise.half_at), (90, promise.near_at), (100, promise.due_at))
    return next((moment for percent, moment in levels if percent not in told), None)


def end_pause(promise: Promise, moment: datetime) -> None:
    """Before a promise ends. The caller saves it."""
    if pause := _pause_of(promise):
        _end(promise, pause, moment)


def _pause_of(promise: Promise) -> PromisePause | None:
    """The pause that goes on; asked only where the promise says so, which many at once do not."""
    if promise.state != PromiseState.PAUSED:
        return None
    return promise.pauses.filter(ended_at=None).first()
