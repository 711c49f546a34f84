"""Supporters who move together count less as pairs; chance is no accomplice."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas import independence
from ideas.independence import M, co_votes, independent


def pairs(*rows):
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def test_strangers_count_in_full():
    assert independent(40, np.zeros((40, 40)), np.ones(40), 0.0) == pytest.approx(40)


def test_one_mind_counts_as_the_root():
    alike = np.full((100, 100), 1e9)
    assert independent(100, alike, np.zeros(100), 0.0) == pytest.approx(10, rel=1e-3)


def test_a_pair_that_shares_m_ideas_counts_half():
    shared = np.array([[0, M], [M, 0]])
    assert independent(2, shared, np.array([M, M]), 0.0) == pytest.approx(math.sqrt(2 + 2 * 0.5))


def test_what_chance_would_share_takes_nothing():
    """Two who support 20 ideas each, where one pair of votes in 20 meets."""
    shared = np.array([[0, 20.0], [20.0, 0]])
    assert independent(2, shared, np.array([20.0, 20.0]), 0.05) == pytest.approx(2)


def test_a_sample_stands_for_all():
    shared = np.full((10, 10), M)
    whole = independent(1000, np.full((1000, 1000), M), np.zeros(1000), 0.0)
    assert independent(1000, shared, np.zeros(10), 0.0) == pytest.approx(whole)


def test_nobody_and_one():
    assert independent(0, np.zeros((0, 0)), np.zeros(0), 0.0) == 0
    assert independent(1, np.zeros((1, 1)), np.zeros(1), 0.0) == 1


def test_shared_ideas_are_counted_once_each():
    shared = co_votes(3, pairs((0, 7), (1, 7), (0, 9), (1, 9), (2, 9), (2, 5)))
    assert (shared[0, 1], shared[0, 2], shared[1, 2]) == (2, 1, 1)
    assert not co_votes(2, pairs()).any()


@pytest.mark.parametrize("many", [0, 50])
@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7))))
def test_large_ideas_are_counted_like_small_ones(many, given_to):
    """As a product of matrices or one by one, it is what comparing each pair says."""
    supports = np.zeros((8, 8), dtype=int)
    for member, idea in given_to:
        supports[member, idea] = 1
    off = ~np.eye(8, dtype=bool)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(independence, "MANY", many)
        shared = co_votes(8, pairs(*given_to))
    assert (shared[off] == (supports @ supports.T)[off]).all()
