import numpy as np
import pytest

from reputation.detecting.sybilrank import rank


def ranked(edges, seeds):
    one, other = np.array(edges, np.int64).T
    members, ranks = rank(one, other, np.array(seeds, np.int64))
    return dict(zip(members.tolist(), ranks.tolist(), strict=True))


def clique(members):
    return [(a, b) for a in members for b in members if a < b]


def test_fakes_with_one_friend_outside_come_last():
    honest, fakes = range(20), range(100, 120)
    ranks = ranked([*clique(honest), *clique(fakes), (3, 100)], seeds=[0, 7])
    assert max(ranks[fake] for fake in fakes) < min(ranks[one] for one in honest)


def test_many_friends_alone_are_not_trust():
    """Everything is divided by the number of friends."""
    ranks = ranked([(0, 1), (1, 2), (0, 2), (2, 3), (50, 51), (50, 52), (50, 53)], seeds=[0])
    assert ranks[50] == ranks[51] == ranks[52] < ranks[3]


def test_equals_share_a_rank_and_all_ranks_are_within_one():
    ranks = ranked(clique(range(5)), seeds=range(5))
    assert set(ranks.values()) == {0.5}


@pytest.mark.parametrize("seeds", [[], [99]])
def test_nobody_is_ranked_without_a_seed_among_them(seeds):
    assert ranked([(1, 2)], seeds) == {}


def test_whoever_has_no_friends_has_no_rank():
    empty = np.zeros(0, np.int64)
    members, ranks = rank(empty, empty, np.array([1]))
    assert (members.size, ranks.size) == (0, 0)
