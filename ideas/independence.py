"""How far supporters came to an idea by themselves: the arithmetic, on arrays.

After the "pairwise bounding" of quadratic funding (V. Buterin, "Pairwise coordination subsidies: a
new quadratic funding design", 2019; Buterin, Hitzig, Weyl, "Liberal Radicalism", 2018): a pair of
supporters counts k = M / (M + shared), where `shared` says how many other ideas both support
beyond what chance would make of it. See docs/votes.md.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Pairs that share so many ideas beyond chance count half. From there on moving together shows: it
# is where the search for votes in lockstep begins.
M = 5.0
# Ideas with more of these supporters are taken at once as one product of matrices.
MANY = 50

type Numbers = NDArray[np.float64]


def co_votes(members: int, pairs: NDArray[np.int64]) -> Numbers:
    """How many ideas each two members both support: a matrix, with a diagonal of no meaning.

    `pairs`: rows of member (0 … members - 1) and idea (any numbers), none twice.
    """
    shared = np.zeros((members, members))
    if not len(pairs):
        return shared
    by_idea = pairs[np.argsort(pairs[:, 1], kind="stable")]
    starts = np.flatnonzero(np.diff(by_idea[:, 1])) + 1
    groups = [group for group in np.split(by_idea[:, 0], starts) if len(group) > 1]
    for group in groups:
        if len(group) <= MANY:
            shared[np.ix_(group, group)] += 1
    return shared + _dense(members, [group for group in groups if len(group) > MANY])


def _dense(members: int, groups: Sequence[NDArray[np.int64]]) -> Numbers:
    there = np.zeros((members, len(groups)))
    for column, group in enumerate(groups):
        there[group, column] = 1
    return there @ there.T


def independent(supporters: int, shared: Numbers, votes: Numbers, coincidence: float) -> float:
    """The number of supporters who, all strangers to each other, would weigh as much.

    √(N + Σ k) over ordered pairs: N where no two share anything, √N where all move as one.
    `shared` and `votes` (of other ideas) are of a sample of the N; `coincidence` is the
    probability that two votes of the site, drawn by chance, are for the same idea.
    """
    sampled = len(votes)
    if sampled < 2:
        return float(supporters)
    beyond = np.maximum(shared - coincidence * np.outer(votes, votes), 0)
    weight = M / (M + beyond)
    mean = (weight.sum() - np.trace(weight)) / (sampled * (sampled - 1))
    return float(np.sqrt(supporters + supporters * (supporters - 1) * mean))
