"""The clocks of an idea, in words: what is due, by whom, when. Without a query."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.status import WAITS_FOR_ANSWER, Status

if TYPE_CHECKING:
    from ideas.models import Idea

WAITING, DUE, OVERDUE, KEPT, LATE = "waiting", "due", "overdue", "kept", "late"
PAUSED, WITHDRAWN = "paused", "withdrawn"
STATES = (WAITING, DUE, OVERDUE, PAUSED, KEPT, LATE, WITHDRAWN)


@dataclass(frozen=True)
class Clock:
    """`part` is how much of the time is used up, 0–100 in steps of 5."""

    state: str
    words: str
    part: int


def in_steps(share: float) -> int:
    """A share of 0–1 as 0–100 in steps of 5, as the style sheets know it. Only all is 100."""
    return 100 if share >= 1 else max(0, min(95, 5 * round(share * 20)))


def last_day(due: datetime) -> datetime:
    """Clocks end at midnight; the day by which something is due is the one before."""
    return due - timedelta(seconds=1)


def days_between(earlier: datetime, later: datetime) -> int:
    """Calendar days between two moments where the reader is."""
    return (timezone.localtime(later).date() - timezone.localtime(earlier).date()).days


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "MONTH_DAY_FORMAT")


def clock_of(idea: "Idea", now: datetime | None = None) -> Clock | None:
    """The clock of an idea's answer; None for drafts and for what was answered unearned."""
    now = now or timezone.now()
    if idea.answer_due_at and idea.threshold_reached_at:
        return _earned(idea, idea.threshold_reached_at, idea.answer_due_at, now)
    if idea.promise_withdrawn_at:
        words = _("The %(team)s team withdrew its promise on %(date)s")
        facts = {"team": idea.board.team.name, "date": _day(idea.promise_withdrawn_at)}
        return Clock(WITHDRAWN, words % facts, 100)
    if idea.status in WAITS_FOR_ANSWER:
        return _not_yet(idea)
    return None


def _earned(idea: "Idea", start: datetime, due: datetime, now: datetime) -> Clock:
    if idea.answered_at:
        return _answered(start, idea.answered_at, due)
    if idea.clock_paused_at:
        return _paused(idea, start, idea.clock_paused_at, due)
    return _running(idea, start, due, now)


def _answered(start: datetime, end: datetime, due: datetime) -> Clock:
    if end > due:
        late = max(1, days_between(last_day(due), end))
        words = ngettext("Answered %(days)d day late", "Answered %(days)d days late", late)
        return Clock(LATE, words % {"days": late}, 100)
    took, given = days_between(start, end), days_between(start, last_day(due))
    words = _("Answered in %(took)d of %(given)d days") % {"took": took, "given": given}
    return Clock(KEPT, words, 100)


def _paused(idea: "Idea", start: datetime, since: datetime, due: datetime) -> Clock:
    if idea.status == Status.NEEDS_INFO:
        words = _("Paused since %(date)s: waits for the author")
    else:
        words = _("Paused since %(date)s: hidden by moderation")
    return Clock(PAUSED, words % {"date": _day(since)}, in_steps((since - start) / (due - start)))


def _running(idea: "Idea", start: datetime, due: datetime, now: datetime) -> Clock:
    team = idea.board.team.name
    if now >= due:
        late = max(1, days_between(last_day(due), now))
        words = ngettext(
            "Overdue by %(days)d day: the %(team)s team owes an answer",
            "Overdue by %(days)d days: the %(team)s team owes an answer",
            late,
        )
        return Clock(OVERDUE, words % {"days": late, "team": team}, 100)
    part = in_steps((now - start) / (due - start))
    left = days_between(now, last_day(due))
    if not left:
        return Clock(DUE, _("The %(team)s team answers by the end of today") % {"team": team}, part)
    words = ngettext(
        "The %(team)s team answers by %(date)s, %(days)d day left",
        "The %(team)s team answers by %(date)s, %(days)d days left",
        left,
    )
    return Clock(DUE, words % {"team": team, "date": _day(last_day(due)), "days": left}, part)


def _not_yet(idea: "Idea") -> Clock:
    missing = max(1, idea.board.answer_threshold - idea.tally.supports)
    facts = {"count": missing, "team": idea.board.team.name, "days": idea.board.answer_days}
    if idea.board.calendar_id:
        words = ngettext(
            "%(count)d more supporter, then the %(team)s team answers within %(days)d working days",
            "%(count)d more supporters, then the %(team)s team answers within %(days)d working "
            "days",
            missing,
        )
    else:
        words = ngettext(
            "%(count)d more supporter, then the %(team)s team answers within %(days)d days",
            "%(count)d more supporters, then the %(team)s team answers within %(days)d days",
            missing,
        )
    return Clock(WAITING, words % facts, 0)


def reply_clock_of(idea: "Idea", now: datetime | None = None) -> Clock | None:
    """The clock of the first reply; None where none was promised."""
    now, due = now or timezone.now(), idea.reply_due_at
    start = idea.opened_at
    if due is None or start is None or due <= start:
        return None
    if idea.replied_at:
        return _replied(start, idea.replied_at, due)
    if now >= due:
        late = max(1, days_between(last_day(due), now))
        words = ngettext(
            "First reply overdue by %(days)d day", "First reply overdue by %(days)d days", late
        )
        return Clock(OVERDUE, words % {"days": late}, 100)
    return _reply_due(start, due, now)


def _reply_due(start: datetime, due: datetime, now: datetime) -> Clock:
    part, left = in_steps((now - start) / (due - start)), days_between(now, last_day(due))
    if not left:
        return Clock(DUE, _("A first reply by the end of today"), part)
    words = ngettext(
        "A first reply by %(date)s, %(days)d day left",
        "A first reply by %(date)s, %(days)d days left",
        left,
    )
    return Clock(DUE, words % {"date": _day(last_day(due)), "days": left}, part)


def _replied(start: datetime, end: datetime, due: datetime) -> Clock:
    if end > due:
        late = max(1, days_between(last_day(due), end))
        words = ngettext("First reply %(days)d day late", "First reply %(days)d days late", late)
        return Clock(LATE, words % {"days": late}, 100)
    took = days_between(start, end)
    if not took:
        return Clock(KEPT, _("First reply on the same day"), 100)
    words = ngettext("First reply after %(days)d day", "First reply after %(days)d days", took)
    return Clock(KEPT, words % {"days": took}, 100)
