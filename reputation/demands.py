"""What a trust level asks for. Another number is another version, and goes into the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import ceil

from django.db import models
from django.utils.translation import gettext_lazy as _

VERSION = 2
# Below this many active members, everything is asked for by half.
SMALL_SITE = 200
# What the third level looks back on, and how far one may fall below it before it is at stake.
LATELY_DAYS = 100
KEEPS = 0.9
GRACE = timedelta(days=14)
# The first that is lost, the one below it, and the one that is given by hand.
ROLLING, BELOW, BY_HAND = 3, 2, 4


class Measure(models.TextChoices):
    """What is counted about a member. Those of `lately` look back on LATELY_DAYS."""

    HOURS = "hours", _("Hours since joining")
    ACTIVE_DAYS = "active_days", _("Active days")
    DEEDS = "deeds", _("Deeds: ideas, votes, comments, topics and replies")
    VOTES_GIVEN = "votes_given", _("Ideas supported")
    VOTES_RECEIVED = "votes_received", _("Votes for ideas of yours")
    DISCUSSED = "discussed", _("Ideas discussed")
    DAYS_LATELY = "days_lately", _("Active days of the last 100")
    DISCUSSED_LATELY = "discussed_lately", _("Ideas discussed in the last 100 days")
    VOTES_LATELY = "votes_lately", _("Votes for ideas of yours in the last 100 days")
    VOTERS_LATELY = "voters_lately", _("Members who gave them")
    VOTING_DAYS_LATELY = "voting_days_lately", _("Days on which they came")


type Counts = Mapping[str, int]


@dataclass(frozen=True)
class Demands:
    """Enough of each of `all_of`, and of one of `one_of` where there are any."""

    all_of: Counts = field(default_factory=dict)
    one_of: Counts = field(default_factory=dict)

    @property
    def measures(self) -> list[str]:
        return [*self.all_of, *self.one_of]

    def met_by(self, counts: Counts) -> bool:
        either = not self.one_of or any(_enough(counts, *ask) for ask in self.one_of.items())
        return either and all(_enough(counts, *ask) for ask in self.all_of.items())

    def times(self, share: float) -> "Demands":
        """So much of each number, rounded up."""
        return replace(self, all_of=_times(self.all_of, share), one_of=_times(self.one_of, share))


def _enough(counts: Counts, measure: str, asked: int) -> bool:
    return counts.get(measure, 0) >= asked


def _times(asked: Counts, share: float) -> Counts:
    # Rounded first: 50 × 0.9 is no whole number to a computer.
    return {measure: ceil(round(number * share, 6)) for measure, number in asked.items()}


# What takes a member from the level before to this one, by a site of full size.
BY_LEVEL: Mapping[int, Demands] = {
    1: Demands(
        all_of={Measure.HOURS: 24}, one_of={Measure.ACTIVE_DAYS: 3, Measure.DEEDS: 5}
    ),
    2: Demands(
        all_of={
            Measure.ACTIVE_DAYS: 15,
            Measure.VOTES_GIVEN: 1,
            Measure.VOTES_RECEIVED: 1,
            Measure.DISCUSSED: 3,
        }
    ),
    3: Demands(
        all_of={
            Measure.DAYS_LATELY: 50,
            Measure.DISCUSSED_LATELY: 10,
            Measure.VOTES_LATELY: 20,
            Measure.VOTERS_LATELY: 5,
            Measure.VOTING_DAYS_LATELY: 7,
        }
    ),
}  # fmt: skip


def to_rise(level: int, *, small: bool) -> Demands:
    """What takes a member to a level; `small` is a site below SMALL_SITE."""
    return BY_LEVEL[level].times(0.5) if small else BY_LEVEL[level]


def to_stay(*, small: bool) -> Demands:
    """What keeps a member at the level that can be lost."""
    return to_rise(ROLLING, small=small).times(KEEPS)
