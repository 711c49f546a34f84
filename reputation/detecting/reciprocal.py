"""Members who support each other far more often than chance would have it: rings."""

from collections.abc import Iterator

import numpy as np

from reputation.detecting.thresholds import STANDARD, Thresholds
from reputation.detecting.votes import Finding, Floats, Ints, Votes, groups


def find(votes: Votes, limits: Thresholds = STANDARD) -> Iterator[Finding]:
    """One finding for each ring, with all votes within it."""
    voters, authors, z = _pairs(votes, limits)
    for ring in groups(voters, authors):
        given = np.isin(votes.voter, ring)
        inside = np.flatnonzero(given & np.isin(votes.author, ring))
        if inside.size >= limits.reciprocal_closed * np.count_nonzero(given):
            strongest = float(z[np.isin(voters, ring)].max())
            # A normal deviate as digits, near enough to rank by.
            yield Finding("reciprocal", inside, min(strongest**2 / 4.6, 300.0))


def _pairs(votes: Votes, limits: Thresholds) -> tuple[Ints, Ints, Floats]:
    """Voter and author of those pairs whose votes go both ways, and their distance from chance.

    Two who vote independently of each other are expected to meet e = out_i · in_j / total times.
    """
    people, place = np.unique(np.concatenate([votes.voter, votes.author]), return_inverse=True)
    voter, author = place[: len(votes)], place[len(votes) :]
    size = np.int64(people.size)
    keys, first, times = np.unique(voter * size + author, return_index=True, return_counts=True)
    often = times >= limits.reciprocal_votes
    keys, first, times = keys[often], first[often], times[often]
    back = keys % size * size + keys // size
    found = np.searchsorted(keys, back)
    mutual = np.isin(back, keys) & (keys < back)
    one, other = np.flatnonzero(mutual), found[mutual]
    expected = votes.given[first] * (votes.received[first] / max(votes.total, 1))
    both = expected[one] + expected[other]
    z = (times[one] + times[other] - both) / np.sqrt(np.maximum(both, 1e-9))
    far = z >= limits.reciprocal_z
    pair = keys[one[far]]
    return people[pair // size], people[pair % size], z[far]
