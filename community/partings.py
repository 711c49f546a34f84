"""What ends besides friendship when one member blocks another. Put in by those who know it."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from community.models import Member


class Rule(Protocol):
    """Called in the transaction of the block, for the two whom it parts."""

    def __call__(self, *, member: "Member", other: "Member") -> None: ...


_RULES: list[Rule] = []


def add_rule(rule: Rule) -> None:
    """Ask this, too, whenever two are parted."""
    if rule not in _RULES:
        _RULES.append(rule)


def part(*, member: "Member", other: "Member") -> None:
    """End what ends between two members."""
    for rule in _RULES:
        rule(member=member, other=other)
