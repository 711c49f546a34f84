"""SybilRank: how far trust reaches from people whom the team knows, along friendships.

Cao, Sirivianos, Yang, Pregueiro: Aiding the detection of fake accounts in large scale social
online services. NSDI 2012.
"""

import numpy as np

from reputation.detecting.votes import Floats, Ints


def rank(one: Ints, other: Ints, seeds: Ints) -> tuple[Ints, Floats]:
    """Members who have friends, and the rank of each, 0 to 1, from friendships and seeds.

    Trust starts at the seeds and walks ⌈log2 n⌉ steps, too few to come far into a part that few
    friendships lead to. What arrives is divided by the number of friends, or those with many would
    be believed for that. Equals share the middle of their ranks. Without a seed nobody is ranked.
    """
    members, place = np.unique(np.concatenate([one, other]), return_inverse=True)
    half = one.size
    source, sink = place, np.concatenate([place[half:], place[:half]])
    known = np.searchsorted(members, seeds[np.isin(seeds, members)])
    if not known.size:
        return members[:0], np.zeros(0)
    degree = np.bincount(source, minlength=members.size).astype(np.float64)
    trust = np.zeros(members.size)
    trust[known] = members.size / known.size
    for _step in range(int(np.ceil(np.log2(members.size)))):
        trust = np.bincount(sink, weights=(trust / degree)[source], minlength=members.size)
    return members, _ranks(trust / degree)


def _ranks(trust: Floats) -> Floats:
    """The share that has less, and half of those that have the same, rounding aside."""
    rounded = np.round(trust, 12)
    ordered = np.sort(rounded)
    below = np.searchsorted(ordered, rounded, side="left")
    upto = np.searchsorted(ordered, rounded, side="right")
    return (below + upto) / (2 * trust.size)
