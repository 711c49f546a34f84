"""The four orders of a list of topics: what they sort by, how they are paged, what they say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.cursors import BadCursor, Place
from community.models import Topic, TopicQuerySet
from community.models.topic import TopicKind


@dataclass(frozen=True)
class Order:
    """One order. `line` is what the page says about it."""

    code: str
    label: Any
    line: Any
    field: str
    read: Callable[[Any], Any]
    descending: bool = True

    def place_of(self, topic: Topic) -> Place:
        """Where the page after this topic begins."""
        value = getattr(topic.tally, self.field)
        return Place(value.isoformat() if isinstance(value, datetime) else value, topic.pk)

    def arrange(self, topics: TopicQuerySet, after: Place | None) -> TopicQuerySet:
        """Sort, and begin behind a place. Raises BadCursor when the place is of another order."""
        sign = "-" if self.descending else ""
        found = topics.listed().order_by(f"{sign}tally__{self.field}", f"{sign}tally__topic_id")
        if self is WAITING:
            found = found.filter(
                tally__kind=TopicKind.QUESTION, tally__answered_at=None, tally__closed=False
            )
        if after is None:
            return found
        try:
            key = self.read(after.key)
        except (ValueError, TypeError, OverflowError):
            raise BadCursor(str(after.key)) from None
        place = Tuple(F(f"tally__{self.field}"), F("tally__topic_id"))
        behind = TupleLessThan if self.descending else TupleGreaterThan
        return found.filter(behind(place, (key, after.id)))


def _count(value: Any) -> int:
    if type(value) is not int or abs(value) > 2**31 - 1:
        raise ValueError(value)
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    # The first and the last hours of the calendar do not exist everywhere.
    return moment.astimezone(UTC)


LATEST = Order(
    "latest",
    pgettext_lazy("order of topics", "Latest"),
    _("Where something was said last comes first."),
    "last_at",
    _moment,
)
NEW = Order(
    "new", pgettext_lazy("order of topics", "New"), _("Newest first."), "opened_at", _moment
)
WAITING = Order(
    "unanswered",
    pgettext_lazy("order of topics", "Unanswered"),
    _("Questions without an accepted answer. Who has waited longest comes first."),
    "opened_at",
    _moment,
    descending=False,
)
TOP = Order(
    "top",
    pgettext_lazy("order of topics", "Top"),
    _("What helped most members comes first: helpful marks and “solved mine too”."),
    "helped",
    _count,
)
ORDERS = {order.code: order for order in (LATEST, NEW, WAITING, TOP)}
