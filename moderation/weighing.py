"""What a report weighs, after Discourse: the trust in whoever reports, and how often they were
right before. Together they hide a thing for the time being; no single member does."""

from collections.abc import Iterable, Mapping
from math import log

# From this sum on a thing is hidden until a person has looked.
HIDES_AT = 8.33
MOST_ALONE = HIDES_AT - 0.01
STAFF = 5.0
MOST_BONUS = 3.0
# So many reports have to be judged before they say anything about whoever made them.
TELLING = 5
FAIR = 0.7


def bonus(*, right: int, judged: int) -> float:
    """For having been right in more than 70 % of what was judged; a malus for less."""
    if judged <= TELLING:
        return 0.0
    share = right / judged
    factor = (share - FAIR) / ((1 - FAIR) if share >= FAIR else FAIR)
    return min(factor * log(judged, 4) * 5, MOST_BONUS)


def weight(*, trust_level: int, is_staff: bool, right: int, judged: int) -> float:
    """Never below nothing, and never enough to hide something alone."""
    raw = 1 + (STAFF if is_staff else trust_level) + bonus(right=right, judged=judged)
    return round(min(max(raw, 0.0), MOST_ALONE), 2)


def score(weights: Mapping[int, float], together: Iterable[tuple[int, int]]) -> float:
    """The sum over members, in which those who belong together count as their weightiest."""
    leaders = {member: member for member in weights}

    def leader(member: int) -> int:
        while leaders[member] != member:
            member = leaders[member]
        return member

    for one, other in together:
        if one in leaders and other in leaders:
            leaders[leader(one)] = leader(other)
    groups: dict[int, float] = {}
    for member, weighs in weights.items():
        groups[leader(member)] = max(groups.get(leader(member), 0.0), weighs)
    return round(sum(groups.values()), 2)


def weightiest[Named: (int, str)](reports: Iterable[tuple[Named, float]]) -> Named | None:
    """What the reports name with most weight together; of equals, what was named first."""
    sums: dict[Named, float] = {}
    for named, weighs in reports:
        sums[named] = round(sums.get(named, 0.0) + weighs, 2)
    return max(sums, key=lambda named: sums[named], default=None)
