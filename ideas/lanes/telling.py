"""What a row and the history say in words, beyond their columns."""

import math
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.models import Member
from ideas import clock, heat
from ideas.models import Idea, Review, TeamDeed
from ideas.models.review import SCORES, DeedKind
from ideas.status import Status

# Support of the last days, faded, from which on an idea rises and rises fast.
RISES, RISES_FAST = 2, 8


def lay_out(ideas: Iterable[Idea]) -> list[Idea]:
    """Put on each what is due in a few words, and how fast it rises. No queries."""
    now = timezone.now()
    laid_out = list(ideas)
    for idea in laid_out:
        idea.due_state, idea.due_words = _due(idea.tally.due_at, now)  # type: ignore[attr-defined]
        idea.rise = _rise(idea.tally.hot, now)  # type: ignore[attr-defined]
    return laid_out


def _due(due: datetime | None, now: datetime) -> tuple[str, str]:
    """The state of the next promise (as the clocks have it), and how long it has."""
    if due is None:
        return "", ""
    days = clock.days_between(now, clock.last_day(due))
    if due <= now:
        late = max(1, -days)
        return "overdue", ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
    if days == 0:
        return "due", _("due today")
    return "due", ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def _rise(hot: float, now: datetime) -> str:
    fresh = 0 if hot == heat.COLD else math.exp(min(hot - heat.exponent(now), 50))
    return "fast" if fresh >= RISES_FAST else "up" if fresh >= RISES else ""


def tell(deeds: Iterable[TeamDeed]) -> list[TeamDeed]:
    """Put on each deed what its details say. One more query where somebody was assigned."""
    told = list(deeds)
    assigned = {deed.detail.get("to") for deed in told if deed.kind == DeedKind.ASSIGNED} - {None}
    names = {pk: str(who) for pk, who in Member.objects.in_bulk(assigned).items()}
    for deed in told:
        detail = deed.detail
        if deed.kind == DeedKind.ASSIGNED:
            detail = detail | {"to": names.get(detail.get("to"))}
        say = SAYINGS.get(deed.kind, _remark)
        deed.words = say(detail)  # type: ignore[attr-defined]
    return told


def _scores(detail: dict[str, Any]) -> str:
    names = {field.name: field.verbose_name for field in Review._meta.fields}
    return ", ".join(f"{names[name]} {detail[name]}" for name in SCORES if detail.get(name))


def _assignment(detail: dict[str, Any]) -> str:
    names = [name for name in (detail.get("to"), detail.get("team")) if name]
    return ", ".join(names) or _("to nobody")


def _tags(detail: dict[str, Any]) -> str:
    added, removed = detail.get("added"), detail.get("removed")
    parts = []
    if added:
        parts.append(_("added %(tags)s") % {"tags": get_text_list(added, _("and"))})
    if removed:
        parts.append(_("removed %(tags)s") % {"tags": get_text_list(removed, _("and"))})
    return ", ".join(parts)


def _decision(detail: dict[str, Any]) -> str:
    return str(dict(Status.choices).get(detail.get("to", ""), ""))


def _remark(detail: dict[str, Any]) -> str:
    """What somebody wrote about the deed, where there is such a thing."""
    words = detail.get("words") or detail.get("reason") or ""
    return str(words)


SAYINGS: dict[str, Callable[[dict[str, Any]], str]] = {
    DeedKind.SCORED: _scores,
    DeedKind.ASSIGNED: _assignment,
    DeedKind.TAGGED: _tags,
    DeedKind.DECIDED: _decision,
}
