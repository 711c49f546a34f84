"""How well detectors tell frauds from others, and what they cost beside the bare array work.

`python -m benchmarks.integrity` does it alone, for 100,000 votes or as many as are named.
"""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

import numpy as np

from benchmarks import attacks, report
from benchmarks.report import Row
from reputation.detecting import DETECTORS, Detector, Votes
from reputation.detecting.sybilrank import rank
from reputation.detecting.thresholds import DAY, STANDARD
from reputation.detecting.votes import Ints

# The detectors were made on the towns 1 to 7, 101 to 105 and 301 to 312.
SEEDS = (201, 202, 203, 204, 205)
# Friendships beside votes, as in the generated sites.
VOTES_A_BOND = 5
ROUNDS = 3


def measure(votes: int) -> Iterator[Row]:
    """All rows."""
    yield from _found()
    yield from _cost(votes)
    yield _walk(max(votes // VOTES_A_BOND, 1_000))


def _found() -> Iterator[Row]:
    """Precision and recall by detector, all towns together, and how SybilRank orders people."""
    towns = [attacks.town(seed) for seed in SEEDS]
    scores = [attacks.scores(town) for town in towns]
    for name in DETECTORS:
        all_of = sum((score[name] for score in scores), start=attacks.Score(0, 0, 0, 0))
        named = f"{all_of.named} members named, {all_of.right} of them frauds"
        yield Row(f"{name}: precision", all_of.precision, 0.95, True, named)
        found = f"{all_of.found} of the {all_of.meant} frauds that it is there for"
        yield Row(f"{name}: recall", all_of.recall, 0.9, True, found)
    area = median(attacks.graph_score(town) for town in towns)
    what = "SybilRank: a fraud comes after an honest member"
    yield Row(what, area, 0.9, True, f"median of {len(towns)} towns")


def _cost(number: int) -> Iterator[Row]:
    """Against two sorts of the same rows and a count: by voter and author, by idea and time."""
    votes = _many(number)
    bare = _seconds(lambda: _bare(votes))
    for name, find in DETECTORS.items():
        took = _seconds(partial(_detect, find, votes))
        detail = f"{took:.2f} s against {bare:.2f} s"
        yield Row(f"{name}: {number:,} votes against two bare sorts", took / bare, 5, False, detail)


def _detect(find: Detector, votes: Votes) -> None:
    """On a copy, as what is sorted once is kept."""
    list(find(Votes(*votes.columns), STANDARD))


def _bare(votes: Votes) -> None:
    np.lexsort((votes.second, votes.author, votes.voter))
    np.lexsort((votes.second, votes.idea))
    np.bincount(votes.voter)


def _many(number: int) -> Votes:
    """Votes of people who are on their own, as skewed as on any site."""
    draw = np.random.default_rng(5)
    people, ideas = max(number // 40, 100), max(number // 10, 100)

    def skewed(most: int, size: int) -> Ints:
        """By Zipf's law, about."""
        return (most ** draw.random(size)).astype(np.int64) - 1

    written = skewed(people, ideas)
    voter, idea = skewed(people, number), skewed(ideas, number)
    second = np.sort(draw.integers(0, 90 * DAY, number))
    joined = draw.integers(-900 * DAY, 30 * DAY, people)
    block = draw.integers(0, people // 2 + 1, people)
    age = np.maximum(second - joined[voter], 0)
    return Votes(voter, written[idea], idea, second, age, block[voter])


def _walk(bonds: int) -> Row:
    """SybilRank against the sums of its steps alone."""
    draw = np.random.default_rng(6)
    people = max(bonds // 8, 100)
    one, other = draw.integers(0, people, (2, bonds))
    steps = int(np.ceil(np.log2(people)))
    source, weights = np.concatenate([one, other]), np.ones(2 * bonds)

    def bare() -> None:
        for _step in range(steps):
            np.bincount(source, weights=weights, minlength=people)

    took, least = _seconds(lambda: rank(one, other, np.arange(20))), _seconds(bare)
    detail = f"{took:.2f} s against {least:.2f} s"
    return Row(
        f"SybilRank: {bonds:,} friendships against bare sums", took / least, 6, False, detail
    )


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)


if __name__ == "__main__":
    rows = list(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
    print(report.table(rows))
