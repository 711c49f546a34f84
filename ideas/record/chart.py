"""Bars for a drawing of the months: kept ones filled, late ones on top of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ideas.record.sums import Month

# Of the drawing, in its own units.
STEP, WIDTH, HEIGHT = 40, 26, 100


@dataclass(frozen=True)
class Bar:
    """Where a month stands; `kept` and `late` are heights, the tops lie at `kept_y`, `late_y`."""

    first: date
    x: int
    middle: int
    kept: int
    late: int
    kept_y: int
    late_y: int
    number: int


def bars(months: "Sequence[Month]") -> list[Bar]:
    """One for each month; the fullest one is as high as the drawing."""
    most = max((month.tally.answered for month in months), default=0) or 1
    return [_bar(n, month, most) for n, month in enumerate(months)]


def _bar(number: int, month: "Month", most: int) -> Bar:
    kept = round(HEIGHT * month.tally.kept / most)
    late = round(HEIGHT * month.tally.answered / most) - kept
    x = number * STEP + (STEP - WIDTH) // 2
    return Bar(
        first=month.first,
        x=x,
        middle=x + WIDTH // 2,
        kept=kept,
        late=late,
        kept_y=HEIGHT - kept,
        late_y=HEIGHT - kept - late,
        number=month.tally.answered,
    )
