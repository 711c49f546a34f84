"""The large parts of the site that points are earned in: boards. Apps above put theirs in.

Whoever keeps only the number of a section asks here for its name, or for the number of a name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """Its number, its word in addresses, its name and its own address."""

    number: int
    slug: str
    name: str
    url: str


# All of them in their order, which are few. One query.
type Reader = Callable[[], Sequence[Section]]

_READERS: list[Reader] = []


def add(reader: Reader) -> None:
    """Have the sections of an app named."""
    if reader not in _READERS:
        _READERS.append(reader)


def sections() -> list[Section]:
    """All there are."""
    return [section for reader in _READERS for section in reader()]
