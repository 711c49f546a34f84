"""Many votes of one member for one author within an hour, and little else meanwhile."""

from collections.abc import Iterator

import numpy as np

from reputation.detecting.thresholds import STANDARD, Thresholds
from reputation.detecting.votes import (
    Bools,
    Finding,
    Floats,
    Ints,
    Ordered,
    Votes,
    occurrences,
    runs,
    surprise,
)


def find(votes: Votes, limits: Thresholds = STANDARD) -> Iterator[Finding]:
    """One finding for each author, with the votes of all who did it."""
    rows, hits = _within_the_hour(votes, limits)
    tries = votes.of_voter.count(
        votes.voter[rows], votes.second[rows], votes.second[rows] + limits.serial_within
    )
    enough = (hits >= limits.serial_votes) & (hits >= limits.serial_share * tries)
    enough &= _hurried(votes, rows, limits) | _came_for_it(votes, rows, limits)
    rows, hits, tries = rows[enough], hits[enough], tries[enough]
    if not rows.size:
        return
    digits = surprise(hits, tries, _liked(votes, rows, limits))
    clear = digits >= limits.serial_surprise
    yield from _by_author(votes, rows[clear], digits[clear], limits)


def _within_the_hour(votes: Votes, limits: Thresholds) -> tuple[Ints, Ints]:
    """For each vote how many its voter gave to the same author from then on."""
    order = np.lexsort((votes.second, votes.author, votes.voter))
    ends = order[limits.serial_votes - 1 :]
    begins = order[: ends.size]
    same = (votes.voter[begins] == votes.voter[ends]) & (votes.author[begins] == votes.author[ends])
    near = votes.second[ends] - votes.second[begins] <= limits.serial_within
    found = begins[same & near].astype(np.int64)
    pairs = _pairs(votes)
    begin = votes.second[found]
    hits = Ordered(pairs, votes.second).count(pairs[found], begin, begin + limits.serial_within)
    return found, hits


def _hurried(votes: Votes, rows: Ints, limits: Thresholds) -> Bools:
    """Whether the least number that counts came faster than anybody reads."""
    pairs = _pairs(votes)
    span = limits.serial_pace * (limits.serial_votes - 1)
    begin = votes.second[rows]
    quick = Ordered(pairs, votes.second).count(pairs[rows], begin, begin + span)
    hurried: Bools = quick >= limits.serial_votes
    return hurried


def _came_for_it(votes: Votes, rows: Ints, limits: Thresholds) -> Bools:
    """Whether an account of the last months does little else, and at whatever pace. Somebody who
    has been here for long and catches up on an author reads."""
    share = occurrences(_pairs(votes))[rows] / votes.given[rows]
    came: Bools = (votes.age[rows] < limits.serial_new) & (share >= limits.serial_closed)
    return came


def _pairs(votes: Votes) -> Ints:
    """A number for each voter and author."""
    _authors, author = np.unique(votes.author, return_inverse=True)
    _voters, voter = np.unique(votes.voter, return_inverse=True)
    return (voter * np.int64(author.max(initial=0) + 1) + author).astype(np.int64)


def _liked(votes: Votes, rows: Ints, limits: Thresholds) -> Floats:
    """The share of these hours' votes which the author got from everybody who is not suspect: at a
    launch it is no wonder whom a member votes for."""
    suspect: Bools = np.isin(votes.voter, votes.voter[rows])
    others = np.flatnonzero(~suspect)
    second, author = votes.second[others], votes.author[others]
    end = votes.second[rows] + limits.serial_within
    begin = votes.second[rows] - limits.launch_within
    all_of = np.searchsorted(second, end, side="right") - np.searchsorted(second, begin)
    known = np.isin(votes.author[rows], author)
    theirs = np.zeros(rows.size, np.int64)
    if known.any():
        of_author = Ordered(author, second)
        theirs[known] = of_author.count(votes.author[rows[known]], begin[known], end[known])
    return (theirs + 0.5) / (all_of + 10.0)


def _by_author(votes: Votes, starts: Ints, digits: Floats, limits: Thresholds) -> Iterator[Finding]:
    order = np.argsort(votes.author[starts], kind="stable")
    starts, digits = starts[order], digits[order]
    for begin, length in zip(*runs(votes.author[starts]), strict=True):
        mine = slice(begin, begin + length)
        author = np.flatnonzero(votes.author == votes.author[starts[begin]])
        kept = np.zeros(author.size, np.bool_)
        for start in starts[mine]:
            after = votes.second[author] - votes.second[start]
            near = (after >= 0) & (after <= limits.serial_within)
            kept |= near & (votes.voter[author] == votes.voter[start])
        yield Finding("serial", author[kept], float(digits[mine].max()))
