"""Grounds on which a member may be suggested as a friend, beyond those that community knows.

Higher apps put theirs in when they load (`ideas` knows who cares about the same ideas).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from community.models import Member


@dataclass(frozen=True)
class Hint:
    """A member, and in a lazy text why."""

    member_id: int
    reason: Any


# What a ground is asked: for whom, and for how many at the most; best first.
Ground = Callable[["Member", int], Iterable[Hint]]
_GROUNDS: list[Ground] = []


def add(ground: Ground) -> None:
    """Have a ground asked, after those that were added before it."""
    if ground not in _GROUNDS:
        _GROUNDS.append(ground)


def grounds() -> tuple[Ground, ...]:
    return tuple(_GROUNDS)
