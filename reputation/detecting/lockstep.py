"""Accounts that always move together: the same ideas at the same time, again and again."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reputation.detecting.thresholds import STANDARD, Thresholds
from reputation.detecting.votes import Finding, Ints, Votes, groups, runs


@dataclass(frozen=True)
class Meetings:
    """Two voters at one idea, as rows of votes."""

    one: Ints
    other: Ints


def find(votes: Votes, limits: Thresholds = STANDARD) -> Iterator[Finding]:
    """One finding for each group, with the votes in which its members met."""
    met = _meetings(votes, limits)
    if not met.one.size:
        return
    met, keys = _sorted_by_pair(votes, met)
    begins, times = runs(keys)
    often = times >= limits.lockstep_ideas
    begins, times = begins[often], times[often]
    one, other = votes.voter[met.one[begins]], votes.voter[met.other[begins]]
    less = np.minimum(votes.given[met.one[begins]], votes.given[met.other[begins]])
    always = times >= limits.lockstep_share * less
    apart = _occasions(votes, met, begins, times, limits) >= limits.lockstep_occasions
    pairs = np.flatnonzero(always & apart)
    if pairs.size:
        yield from _groups(votes, met, begins[pairs], times[pairs], one[pairs], other[pairs])


def _meetings(votes: Votes, limits: Thresholds) -> Meetings:
    """Every two votes for one idea within the time. Where crowds go, everybody meets everybody.

    Neighbours in time first, then those two apart, and so on while anybody is near enough.
    """
    order = votes.of_idea.order
    order = order[votes.crowd[order] <= limits.lockstep_crowd].astype(np.int64)
    left, right = [], []
    at = np.arange(order.size)
    step = 0
    while at.size:
        step += 1
        at = at[at + step < order.size]
        one, other = order[at], order[at + step]
        near = (votes.idea[one] == votes.idea[other]) & (
            votes.second[other] - votes.second[one] <= limits.lockstep_within
        )
        at = at[near]
        left.append(one[near])
        right.append(other[near])
    empty = np.zeros(0, np.int64)
    return Meetings(np.concatenate([empty, *left]), np.concatenate([empty, *right]))


def _sorted_by_pair(votes: Votes, met: Meetings) -> tuple[Meetings, Ints]:
    """By pair and then by time; also a number for each pair."""
    people, place = np.unique(votes.voter, return_inverse=True)
    a, b = place[met.one], place[met.other]
    keys = (np.minimum(a, b) * np.int64(people.size) + np.maximum(a, b)).astype(np.int64)
    order = np.lexsort((votes.second[met.one], keys))
    return Meetings(met.one[order], met.other[order]), keys[order]


def _occasions(votes: Votes, met: Meetings, begins: Ints, times: Ints, limits: Thresholds) -> Ints:
    """How often each pair came together: what lies within the time of the last meeting is the same
    sitting, such as a lesson, in which class-mates look at the same ideas."""
    second = votes.second[met.one]
    later = np.zeros(second.size, np.int64)
    later[1:] = second[1:] - second[:-1] > limits.lockstep_within
    sums = np.concatenate([[0], np.cumsum(later)])
    occasions: Ints = 1 + sums[begins + times] - sums[begins + 1]
    return occasions


def _groups(
    votes: Votes, met: Meetings, begins: Ints, times: Ints, one: Ints, other: Ints
) -> Iterator[Finding]:
    for group in groups(one, other):
        mine = np.flatnonzero(np.isin(one, group))
        spans = [np.arange(begins[i], begins[i] + times[i]) for i in mine]
        meetings = np.concatenate(spans)
        rows = np.unique(np.concatenate([met.one[meetings], met.other[meetings]]))
        # What two voters of an idea have in common by chance, as often as they met.
        active = max(np.unique(votes.voter).size, 2)
        chance = np.minimum(votes.crowd[met.one[spans[0]]] / active, 1.0)
        digits = float(-np.log10(np.maximum(chance, 1e-9)).sum())
        yield Finding("lockstep", rows, min(digits * float(np.sqrt(group.size - 1)), 300.0))
