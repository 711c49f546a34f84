"""A town with frauds in it, and what detectors make of it."""

import pytest

from benchmarks import attacks


@pytest.fixture(scope="module")
def town():
    return attacks.town(42)


def test_every_detector_finds_its_frauds_and_few_others(town):
    scores = attacks.scores(town)
    assert {name for name, score in scores.items() if score.recall < 0.8} == set()
    assert {name for name, score in scores.items() if score.precision < 0.8} == set()


def test_trust_along_friendships_puts_frauds_last(town):
    assert attacks.graph_score(town) > 0.85


def test_a_town_is_the_same_each_time():
    one, other = (attacks.town(7, members=2_100, ideas=400) for _time in range(2))
    assert one.said == other.said
    assert set(one.fraud.values()) == {"serial", "ring", "bought", "one place", "just made"}
