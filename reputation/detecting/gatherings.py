"""Votes for one idea that come from one place, or from accounts that were just made."""

from collections.abc import Iterator

import numpy as np

from reputation.detecting.thresholds import STANDARD, Thresholds
from reputation.detecting.votes import (
    NOWHERE,
    Bools,
    Finding,
    Floats,
    Ints,
    Votes,
    occurrences,
    runs,
    surprise,
)


def find_bursts(votes: Votes, limits: Thresholds = STANDARD) -> Iterator[Finding]:
    """Supporters of one idea out of one block of addresses within hours, who do little else.

    A school or a company is one block, too: whatever else comes from there is the measure.
    """
    rows = np.flatnonzero(votes.block != NOWHERE)
    order = rows[np.lexsort((votes.second[rows], votes.idea[rows], votes.block[rows]))]
    ends = order[limits.burst_votes - 1 :]
    begins = order[: ends.size]
    dense = (votes.block[begins] == votes.block[ends]) & (votes.idea[begins] == votes.idea[ends])
    dense &= votes.second[ends] - votes.second[begins] <= limits.burst_within
    inside = np.zeros(order.size + 1, np.int64)
    np.add.at(inside, np.flatnonzero(dense), 1)
    np.add.at(inside, np.flatnonzero(dense) + limits.burst_votes, -1)
    burst = order[np.cumsum(inside[:-1]) > 0]
    digits = _unlike_elsewhere(votes, burst, limits)
    burst, digits = burst[digits >= limits.burst_surprise], digits[digits >= limits.burst_surprise]
    for begin, length in zip(*runs(votes.block[burst]), strict=True):
        mine = burst[begin : begin + length]
        _voters, first = np.unique(votes.voter[mine], return_index=True)
        did = votes.given[mine[first]].sum()
        if length >= limits.burst_closed * did:
            yield Finding("burst", np.sort(mine), float(digits[begin : begin + length].max()))


def _unlike_elsewhere(votes: Votes, burst: Ints, limits: Thresholds) -> Floats:
    """For each vote of a burst, how unlikely its share of the idea's votes is, by the share that
    the block has of all other votes."""
    digits = np.zeros(burst.size)
    blocks = votes.block
    for begin, length in zip(*runs(blocks[burst], votes.idea[burst]), strict=True):
        mine = burst[begin : begin + length]
        first, last = votes.second[mine[0]], votes.second[mine[-1]]
        span = _span(votes, first - limits.usual_within, last)
        ours = votes.idea[span] == votes.idea[mine[0]]
        there = blocks[span] == blocks[mine[0]]
        tries = np.count_nonzero(ours & (votes.second[span] >= first))
        rate = _rate(there & ~ours, ~ours)
        digits[begin : begin + length] = surprise(
            np.array([length]), np.array([max(tries, length)]), np.array([rate])
        )
    return digits


def find_newcomers(votes: Votes, limits: Thresholds = STANDARD) -> Iterator[Finding]:
    """Ideas that more accounts of the last two days support than other ideas of these hours, and
    they nothing else."""
    fresh = votes.age < limits.newcomer_age
    rows = np.flatnonzero(fresh)
    rows = rows[np.lexsort((votes.second[rows], votes.idea[rows]))]
    # A day without any begins another wave.
    pauses = np.diff(votes.second[rows], prepend=0) > limits.usual_within
    begins, lengths = runs(votes.idea[rows], np.cumsum(pauses))
    did = occurrences(votes.voter[rows])
    for begin, length in zip(begins, lengths, strict=True):
        if length >= limits.newcomer_votes:
            mine = rows[begin : begin + length]
            # Of most of them: a single busy newcomer must not cover for the others.
            closed = np.median(did[begin : begin + length]) * limits.newcomer_closed <= 1
            digits = _unlike_that_day(votes, mine, fresh, limits)
            if closed and digits >= limits.newcomer_surprise:
                yield Finding("newcomers", np.sort(mine), digits)


def _unlike_that_day(votes: Votes, mine: Ints, fresh: Bools, limits: Thresholds) -> float:
    first, last = votes.second[mine[0]], votes.second[mine[-1]]
    span = _span(votes, first - limits.launch_within, last)
    ours = votes.idea[span] == votes.idea[mine[0]]
    tries = np.count_nonzero(ours & (votes.second[span] >= first))
    rate = _rate(fresh[span] & ~ours, ~ours)
    return float(surprise(np.array([mine.size]), np.array([tries]), np.array([rate]))[0])


def _span(votes: Votes, begin: np.int64, end: np.int64) -> slice:
    """The rows of a time."""
    first = np.searchsorted(votes.second, begin, side="left")
    return slice(int(first), int(np.searchsorted(votes.second, end, side="right")))


def _rate(hits: Bools, tries: Bools) -> float:
    """A share, with a little doubt where there is little to go by."""
    return float((np.count_nonzero(hits) + 1) / (np.count_nonzero(tries) + 20))
