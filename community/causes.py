"""What a point, a case or a notice is about, by name. Each app names its own things.

Whoever keeps only the kind and the number of a thing asks here how to show it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from community.models import Member

# The kind of a thing, such as "idea", and its number.
type Thing = tuple[str, int]


@dataclass(frozen=True)
class Named:
    """The title under which a thing is known, and its address."""

    title: str
    url: str


# Numbers of things and who looks: those of them that they may see. One query or two.
type Namer = Callable[[Collection[int], Member | None], Mapping[int, Named]]

_NAMERS: dict[str, Namer] = {}


def add(kind: str, namer: Namer) -> None:
    """Have things of a kind named."""
    _NAMERS[kind] = namer


def name_all(things: Collection[Thing], viewer: "Member | None") -> dict[Thing, Named]:
    """The names of those things that the viewer may see. As many queries as there are kinds."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, number in things:
        by_kind[kind].add(number)
    return {
        (kind, number): named
        for kind, numbers in sorted(by_kind.items())
        if kind in _NAMERS
        for number, named in _NAMERS[kind](numbers, viewer).items()
    }
