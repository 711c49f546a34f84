"""Shares and quantiles from a few rows of counts. Pure sums."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What became of some promises.

    `took` counts answers by the days they took, begun days counted. `overdue` are still owed.
    """

    kept: int = 0
    late: int = 0
    withdrawn: int = 0
    overdue: int = 0
    took: dict[int, int] = field(default_factory=dict)

    def add(self, outcome: str, took: int, promises: int) -> None:
        setattr(self, outcome, getattr(self, outcome) + promises)
        if outcome != "withdrawn":
            self.took[took] = self.took.get(took, 0) + promises

    @property
    def answered(self) -> int:
        return self.kept + self.late

    @property
    def measured(self) -> int:
        """All that came or should have come. Withdrawn ones are told apart, not counted here."""
        return self.answered + self.overdue

    @property
    def percent(self) -> int | None:
        """100 · kept ÷ (kept + late + overdue), rounded down, like honesty."""
        return 100 * self.kept // self.measured if self.measured else None

    @property
    def median(self) -> int | None:
        return quantile(self.took.items(), 0.5)

    @property
    def p90(self) -> int | None:
        return quantile(self.took.items(), 0.9)


def quantile(counts: Iterable[tuple[int, int]], share: float) -> int | None:
    """The least number of days in which that share of all came: the ⌈share · n⌉-th of n in order.

    `counts` are pairs of days and how many took them.
    """
    rows = sorted(counts)
    rank = math.ceil(share * sum(number for _days, number in rows))
    for days, number in rows:
        rank -= number
        if rank <= 0:
            return days
    return None
