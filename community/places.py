"""Where a page of a list begins: behind a row, by its key and its id, as one word of an address."""

import base64
import json
import math
from dataclasses import dataclass


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
