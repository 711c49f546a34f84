"""What points and cases are about, in words. Apps register what they own, when they load.

causes.add("idea", name_ideas)
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from community.models import Member


@dataclass(frozen=True)
class Named:
    """What a thing is called, and where it is."""

    title: str
    url: str


type Key = tuple[str, int]
type Naming = Callable[[Collection[int], "Member | None"], dict[int, Named]]

_NAMINGS: dict[str, Naming] = {}


def add(thing: str, naming: Naming) -> None:
    """`naming` gives the names of those of its things that the viewer may see."""
    _NAMINGS[thing] = naming


def name_all(keys: Iterable[Key], viewer: "Member | None") -> dict[Key, Named]:
    """The names of all things that the viewer may see: one call for each kind."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for thing, number in keys:
        numbers[thing].add(number)
    return {
        (thing, number): named
        for thing, wanted in numbers.items()
        if thing in _NAMINGS
        for number, named in _NAMINGS[thing](wanted, viewer).items()
    }
