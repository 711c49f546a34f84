"""The answer clock of an idea, in words: what is due, by whom, when."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.status import WAITS_FOR_ANSWER

if TYPE_CHECKING:
    from ideas.models import Idea

WAITING, DUE, OVERDUE, KEPT, LATE = "waiting", "due", "overdue", "kept", "late"


@dataclass(frozen=True)
class Clock:
    """`part` is how much of the time is used up, 0–100 in steps of 5."""

    state: str
    words: str
    part: int


def in_steps(share: float) -> int:
    """A share of 0–1 as 0–100 in steps of 5, as the style sheets know it. Only all is 100."""
    return 100 if share >= 1 else max(0, min(95, 5 * round(share * 20)))


def _days(earlier: datetime, later: datetime) -> int:
    """Calendar days between two moments where the reader is."""
    return (timezone.localtime(later).date() - timezone.localtime(earlier).date()).days


def clock_of(idea: "Idea", now: datetime | None = None) -> Clock | None:
    """The clock of an idea; None for drafts and for ideas answered without having earned it."""
    now = now or timezone.now()
    if idea.answer_due_at and idea.threshold_reached_at:
        if idea.answered_at:
            return _answered(idea, idea.threshold_reached_at, idea.answered_at, idea.answer_due_at)
        return _running(idea, idea.threshold_reached_at, idea.answer_due_at, now)
    if idea.status in WAITS_FOR_ANSWER:
        return _not_yet(idea)
    return None


def _answered(idea: "Idea", start: datetime, end: datetime, due: datetime) -> Clock:
    if end > due:
        late = max(1, _days(due, end))
        words = ngettext("Answered %(days)d day late", "Answered %(days)d days late", late)
        return Clock(LATE, words % {"days": late}, 100)
    took, given = _days(start, end), _days(start, due)
    words = _("Answered in %(took)d of %(given)d days") % {"took": took, "given": given}
    return Clock(KEPT, words, 100)


def _running(idea: "Idea", start: datetime, due: datetime, now: datetime) -> Clock:
    team = idea.board.team.name
    if now > due:
        late = max(1, _days(due, now))
        words = ngettext(
            "Overdue by %(days)d day: the %(team)s team owes an answer",
            "Overdue by %(days)d days: the %(team)s team owes an answer",
            late,
        )
        return Clock(OVERDUE, words % {"days": late, "team": team}, 100)
    left = _days(now, due)
    words = ngettext(
        "The %(team)s team answers by %(date)s, %(days)d day left",
        "The %(team)s team answers by %(date)s, %(days)d days left",
        left,
    )
    date = date_format(timezone.localtime(due), "MONTH_DAY_FORMAT")
    part = in_steps((now - start) / (due - start))
    return Clock(DUE, words % {"team": team, "date": date, "days": left}, part)


def _not_yet(idea: "Idea") -> Clock:
    missing = max(1, idea.board.answer_threshold - idea.tally.supports)
    words = ngettext(
        "%(count)d more supporter, then the %(team)s team answers within %(days)d days",
        "%(count)d more supporters, then the %(team)s team answers within %(days)d days",
        missing,
    )
    facts = {"count": missing, "team": idea.board.team.name, "days": idea.board.answer_days}
    return Clock(WAITING, words % facts, 0)
