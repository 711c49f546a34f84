"""The four orders of a list of ideas: what they sort by, how they are paged, what they say.

Every order sorts by a stored key and the id, and has an index for it; a page begins behind a
place (key, id), so the thousandth page costs what the first one does.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.cursors import BadCursor
from community.cursors import Place as Place
from ideas.status import Status

if TYPE_CHECKING:
    from ideas.models import Idea, IdeaQuerySet

# Open ideas with fewer supporters than this stand under "Needs support".
FEW = 5


@dataclass(frozen=True)
class Order:
    """One order. `line` is what the page says about it."""

    code: str
    label: Any
    line: Any
    field: str
    read: Callable[[Any], Any]
    descending: bool = True

    def key_of(self, idea: "Idea") -> float | int | str:
        """The idea's key, as a Place holds it."""
        value = getattr(idea.tally, self.field)
        return value.isoformat() if isinstance(value, datetime) else value

    def place_of(self, idea: "Idea", *, lap: int = 0, start: float | None = None) -> Place:
        """Where the page after this idea begins."""
        return Place(self.key_of(idea), idea.pk, lap, start)

    def key_at(self, place: Place) -> Any:
        """The key of a place. Raises BadCursor when the place is of another order."""
        try:
            return self.read(place.key)
        except (ValueError, TypeError, OverflowError):
            raise BadCursor(str(place.key)) from None

    def arrange(self, ideas: "IdeaQuerySet", after: Place | None) -> "IdeaQuerySet":
        """Sort, and begin behind a place. Raises BadCursor when the place is of another order."""
        sign = "-" if self.descending else ""
        found = ideas.listed().order_by(f"{sign}tally__{self.field}", f"{sign}tally__idea_id")
        if after is None:
            return found
        key = self.key_at(after)
        place = Tuple(F(f"tally__{self.field}"), F("tally__idea_id"))
        behind = TupleLessThan if self.descending else TupleGreaterThan
        return found.filter(behind(place, (key, after.id)))


def number_of(value: Any) -> float:
    if not isinstance(value, int | float) or math.isnan(value):
        raise ValueError(value)
    return float(value)


def count_of(value: Any) -> int:
    if not isinstance(value, int) or abs(value) > 2**31 - 1:
        raise ValueError(value)
    return value


def moment_of(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    # PostgreSQL knows no offsets of more than 16 hours; Python does.
    return moment.astimezone(UTC)


HOT = Order(
    "hot",
    _("Hot"),
    _("Recent support counts most and fades over five days."),
    "hot",
    number_of,
)
TOP = Order("top", _("Top"), _("Most supporters first."), "supports", count_of)
NEW = Order("new", _("New"), _("Newest first."), "opened_at", moment_of)
NEEDS_SUPPORT = Order(
    "needs-support",
    _("Needs support"),
    _("Open ideas with fewer than 5 supporters, from another place in the circle each day."),
    "shuffle",
    number_of,
    descending=False,
)
# Of the roadmap and the changelog; no order of the list of ideas, many of which await a decision.
DECIDED = Order("decided", _("Decided"), _("Latest decision first."), "decided_at", moment_of)
ORDERS = {order.code: order for order in (HOT, TOP, NEW, NEEDS_SUPPORT)}


def few(ideas: "IdeaQuerySet") -> "IdeaQuerySet":
    """Only what "Needs support" lists."""
    return ideas.filter(Q(tally__status=Status.OPEN, tally__supports__lt=FEW, tally__listed=True))


def start_of(day: date | None = None) -> float:
    """Where in the circle [0, 1) "Needs support" begins on a day."""
    day = day or timezone.localdate()
    return random.Random(day.toordinal()).random()  # noqa: S311 (a draw, not a secret)
