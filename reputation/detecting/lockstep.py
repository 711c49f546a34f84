"""Accounts that always move together: the same ideas at the same time, again and again."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reputation.detecting.thresholds import STANDARD, Thresholds
from reputation.detecting.votes import Finding, Floats, Ints, Votes, groups, runs


@dataclass(frozen=True)
class Meetings:
    """Two voters at one idea, as rows of votes."""

    one: Ints
    other: Ints


@dataclass(frozen=True)
class Pairs:
    """Two voters each, where their meetings begin and how many there are, and the surprise."""

    one: Ints
    other: Ints
    begins: Ints
    times: Ints
    digits: Floats


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
    digits = _surprise(votes, met, begins, times)
    pairs = np.flatnonzero(always & apart & (digits >= limits.lockstep_surprise))
    if pairs.size:
        chosen = Pairs(one[pairs], other[pairs], begins[pairs], times[pairs], digits[pairs])
        yield from _groups(met, chosen)


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


def _surprise(votes: Votes, met: Meetings, begins: Ints, times: Ints) -> Floats:
    """Two voters have an idea in common by the share of voters that it has: as digits, over all
    their meetings, less those of the number of pairs, any of which might have met by chance."""
    share = np.minimum(votes.crowd[met.one] / max(votes.voters, 1), 1.0)
    sums = np.concatenate([[0.0], np.cumsum(-np.log10(share))])
    pairs = max(votes.voters * (votes.voters - 1) / 2, 1.0)
    digits: Floats = sums[begins + times] - sums[begins] - np.log10(pairs)
    return digits


def _groups(met: Meetings, pairs: Pairs) -> Iterator[Finding]:
    for group in groups(pairs.one, pairs.other):
        mine = np.flatnonzero(np.isin(pairs.one, group))
        spans = [np.arange(pairs.begins[i], pairs.begins[i] + pairs.times[i]) for i in mine]
        meetings = np.concatenate(spans)
        rows = np.unique(np.concatenate([met.one[meetings], met.other[meetings]]))
        digits = float(pairs.digits[mine].max()) * float(np.sqrt(group.size - 1))
        yield Finding("lockstep", rows, min(digits, 300.0))
