"""Votes as columns of numbers, and what detectors say of them. No database in here."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]

NOWHERE = -1
# Leaves room for a time in seconds beside a number in one 64-bit key, until the year 2242.
_TIME = np.int64(1) << 33


@dataclass(frozen=True)
class Site:
    """What all votes of the span say, where only some of them were read: how many there are, by
    how many voters, and for each vote at hand how many its author got and its idea has."""

    total: int
    voters: int
    received: Ints
    crowd: Ints


@dataclass(frozen=True)
class Votes:
    """One row each, the oldest first: who, for whose idea, which, when (in seconds).

    `age` is how old the voter's account was in seconds, `block` the number of the block of
    addresses they came from, NOWHERE if that is not known.
    """

    voter: Ints
    author: Ints
    idea: Ints
    second: Ints
    age: Ints
    block: Ints
    site: Site | None = None

    def __len__(self) -> int:
        return self.voter.size

    @property
    def columns(self) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
        return self.voter, self.author, self.idea, self.second, self.age, self.block

    @property
    def total(self) -> int:
        return self.site.total if self.site else len(self)

    @cached_property
    def voters(self) -> int:
        return self.site.voters if self.site else np.unique(self.voter).size

    @cached_property
    def received(self) -> Ints:
        """For each vote, how many votes its author got."""
        return self.site.received if self.site else occurrences(self.author)

    @cached_property
    def crowd(self) -> Ints:
        """For each vote, how many votes its idea has."""
        return self.site.crowd if self.site else occurrences(self.idea)

    @cached_property
    def given(self) -> Ints:
        """For each vote, how many votes its voter gave."""
        return occurrences(self.voter)

    @cached_property
    def of_voter(self) -> "Ordered":
        return Ordered(self.voter, self.second)

    @cached_property
    def of_author(self) -> "Ordered":
        return Ordered(self.author, self.second)

    @cached_property
    def of_idea(self) -> "Ordered":
        return Ordered(self.idea, self.second)


class Ordered:
    """The rows sorted by a number and then by time, so that a span of it is a slice."""

    def __init__(self, number: Ints, second: Ints) -> None:
        self._numbers, place = np.unique(number, return_inverse=True)
        keys = place.astype(np.int64) * _TIME + second
        self.order = np.argsort(keys, kind="stable")
        self._keys = keys[self.order]

    def count(self, number: Ints, begin: Ints, end: Ints) -> Ints:
        """How many rows of each number there are from `begin` to `end`, both included."""
        place = np.searchsorted(self._numbers, number).astype(np.int64) * _TIME
        first = np.searchsorted(self._keys, place + np.maximum(begin, 0), side="left")
        last = np.searchsorted(self._keys, place + end, side="right")
        return (last - first).astype(np.int64)


@dataclass(frozen=True)
class Finding:
    """Votes that belong together, as rows of `Votes`, and how little chance explains them."""

    detector: str
    rows: Ints
    surprise: float


def occurrences(numbers: Ints) -> Ints:
    """For each number how often it is there."""
    _values, place, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    return counts[place].astype(np.int64)


def runs(*columns: Ints) -> tuple[Ints, Ints]:
    """Where rows sorted by these columns begin to say something new, and how long they do not."""
    size = columns[0].size
    if not size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    new = np.zeros(size, np.bool_)
    new[0] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    begins = np.flatnonzero(new).astype(np.int64)
    return begins, np.diff(np.append(begins, size))


def surprise(hits: Ints, tries: Ints, rate: Floats) -> Floats:
    """How unlikely so many hits are by chance, in decimal digits, from below.

    Chernoff's bound on the upper tail of the binomial distribution: P(X ≥ k) ≤ exp(-n·KL(k/n‖q)).
    """
    share = hits / np.maximum(tries, 1)
    rate = np.clip(rate, 1e-9, 1 - 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        yes = np.where(share > 0, share * np.log(share / rate), 0.0)
        no = np.where(share < 1, (1 - share) * np.log((1 - share) / (1 - rate)), 0.0)
    digits = tries * (yes + no) / np.log(10)
    return np.where(share > rate, digits, 0.0)


def groups(left: Ints, right: Ints) -> Iterator[Ints]:
    """The connected parts of a graph, each as its sorted numbers."""
    members = np.unique(np.concatenate([left, right]))
    root = np.arange(members.size)
    a, b = np.searchsorted(members, left), np.searchsorted(members, right)
    while True:
        # Every end of an edge takes the smaller root, and then the root's root.
        before = root.copy()
        low = np.minimum(root[a], root[b])
        np.minimum.at(root, a, low)
        np.minimum.at(root, b, low)
        root = root[root]
        if np.array_equal(before, root):
            break
    order = np.argsort(root, kind="stable")
    begins, lengths = runs(root[order].astype(np.int64))
    for begin, length in zip(begins, lengths, strict=True):
        yield members[order[begin : begin + length]]
