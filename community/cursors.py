"""Lists by key: a page begins behind a row, which a cursor names by its key and its id."""

import base64
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

LONGEST = 400
LARGEST_ID = 2**63 - 1


class BadCursor(ValueError):
    """A cursor that this site did not make."""


@dataclass(frozen=True)
class Place:
    """Where a page begins: behind the row `id`, whose key was `key`.

    On the circle that "Needs support" walks, `lap` says whether it has come past its end, and
    `start` where this walk began: at midnight others begin elsewhere, this one goes on.
    """

    key: float | int | str
    id: int
    lap: int = 0
    start: float | None = None

    def encode(self) -> str:
        """As one word for an address."""
        key = "-inf" if self.key == -math.inf else self.key
        start = [] if self.start is None else [self.start]
        text = json.dumps([key, self.id, self.lap, *start], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, word: str) -> "Place":
        """Back from an address; raises BadCursor."""
        try:
            padded = word + "=" * (-len(word) % 4)
            key, id_, lap, *start = json.loads(base64.urlsafe_b64decode(padded.encode()))
            place = cls(-math.inf if key == "-inf" else key, int(id_), int(lap), *map(float, start))
        except (ValueError, TypeError, OverflowError, RecursionError):
            raise BadCursor(word) from None
        if not (0 < place.id < 2**63 and place.lap in (0, 1) and 0 <= (place.start or 0) < 1):
            raise BadCursor(word)
        return place


@dataclass(frozen=True)
class Page[Row]:
    """Some rows in order; `next` is the cursor of the page behind them, empty on the last one."""

    items: list[Row] = field(default_factory=list)
    next: str = ""


@dataclass(frozen=True)
class Key:
    """What a list is sorted by: a field of its rows, and the id after it."""

    field: str
    read: Callable[[Any], Any]
    descending: bool = True
    id: str = "pk"

    def encode(self, row: Any) -> str:
        """The cursor of the page behind a row, as one word for an address."""
        value = getattr(row, self.field)
        value = value.isoformat() if isinstance(value, date) else value
        text = json.dumps([value, row.pk], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def decode(self, word: str) -> tuple[Any, int]:
        """Back from an address. Raises BadCursor."""
        try:
            padded = word[:LONGEST] + "=" * (-len(word[:LONGEST]) % 4)
            value, id_ = json.loads(base64.urlsafe_b64decode(padded.encode()))
            key = self.read(value)
        except (ValueError, TypeError, OverflowError, RecursionError):
            raise BadCursor(word) from None
        if type(id_) is not int or not 0 < id_ <= LARGEST_ID:
            raise BadCursor(word)
        return key, id_


def moment(value: Any) -> datetime:
    """A key that is a time."""
    when = datetime.fromisoformat(str(value))
    if when.tzinfo is None:
        raise ValueError(value)
    # The first and the last hours of the calendar do not exist everywhere.
    return when.astimezone(UTC)


def whole(value: Any) -> int:
    """A key that is a whole number, such as an id."""
    if type(value) is not int or not 0 < value <= LARGEST_ID:
        raise ValueError(value)
    return value


def words(value: Any) -> str:
    """A key that is a text."""
    if not isinstance(value, str) or "\x00" in value or not value.isprintable():
        raise ValueError(value)
    return value


def page_of[Row: Any](rows: QuerySet[Row], key: Key, cursor: str, size: int) -> Page[Row]:
    """One page of rows. One query, which also looks whether there is another page."""
    sign = "-" if key.descending else ""
    rows = rows.order_by(f"{sign}{key.field}", f"{sign}{key.id}")
    if cursor:
        behind = TupleLessThan if key.descending else TupleGreaterThan
        rows = rows.filter(behind(Tuple(F(key.field), F(key.id)), key.decode(cursor)))
    found = list(rows[: size + 1])
    more = len(found) > size
    return Page(found[:size], key.encode(found[size - 1]) if more else "")
