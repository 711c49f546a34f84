"""What each level asks for and brings, and how far a member has got."""

from dataclasses import dataclass
from typing import Any

from community import trust
from community.models import Member
from reputation import measuring
from reputation.demands import BY_HAND, ROLLING, Counts, Demands, Measure, to_rise, to_stay
from reputation.models import Grace


@dataclass(frozen=True)
class Bar:
    """One number that is asked for, and how much of it is there."""

    measure: str
    asked: int
    has: int = 0

    @property
    def label(self) -> Any:
        return Measure(self.measure).label

    @property
    def is_met(self) -> bool:
        return self.has >= self.asked

    @property
    def shown(self) -> int:
        """No longer than the whole bar."""
        return min(self.has, self.asked)


@dataclass(frozen=True)
class Asked:
    """Demands as they are read: all of some, and one of others."""

    all_of: list[Bar]
    one_of: list[Bar]


@dataclass(frozen=True)
class Level:
    """A level as the public page shows it."""

    number: int
    name: Any
    asked: Asked | None
    keeps: Asked | None
    may: trust.Privileges

    @property
    def is_by_hand(self) -> bool:
        return self.number == BY_HAND


@dataclass(frozen=True)
class Outlook:
    """Where a member stands. `next_level` is empty where numbers lead no further; `keeps` says what
    the level they have goes on asking for."""

    level: int
    name: Any
    next_level: int | None
    next_name: Any
    asked: Asked | None
    keeps: Asked | None
    grace: Grace | None
    may: trust.Privileges


def table(*, small: bool) -> list[Level]:
    """All levels, from the same numbers that the reviews go by."""
    return [
        Level(
            number=number,
            name=name,
            asked=_asked(to_rise(number, small=small)) if 0 < number < BY_HAND else None,
            keeps=_asked(to_stay(small=small)) if number == ROLLING else None,
            may=trust.privileges(number),
        )
        for number, name in enumerate(trust.NAMES)
    ]


def privileges() -> list[tuple[Any, list[Any]]]:
    """What levels bring: each with how much of it there is at TL0, TL1 and so on."""
    rows = [trust.privileges(level) for level in range(trust.HIGHEST + 1)]
    return [(label, [getattr(row, name) for row in rows]) for name, label in trust.LABELS.items()]


def outlook(member: Member, *, small: bool) -> Outlook:
    """How far a member has got towards the next level, as it is right now."""
    level = member.trust_level
    onward = level + 1 if level < ROLLING else None
    asked = to_rise(onward, small=small) if onward else None
    keeps = to_stay(small=small) if level == ROLLING else None
    measures = {measure for demands in (asked, keeps) if demands for measure in demands.measures}
    counts = measuring.counts_of([member], sorted(measures))[member.pk]
    return Outlook(
        level=level,
        name=trust.NAMES[level],
        next_level=onward,
        next_name=trust.NAMES[onward] if onward else "",
        asked=_asked(asked, counts) if asked else None,
        keeps=_asked(keeps, counts) if keeps else None,
        grace=Grace.objects.filter(member=member).first() if keeps else None,
        may=member.privileges,
    )


def _asked(demands: Demands, counts: Counts | None = None) -> Asked:
    return Asked(_bars(demands.all_of, counts or {}), _bars(demands.one_of, counts or {}))


def _bars(asked: Counts, counts: Counts) -> list[Bar]:
    return [Bar(measure, number, counts.get(measure, 0)) for measure, number in asked.items()]
