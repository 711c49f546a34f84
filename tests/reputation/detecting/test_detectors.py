"""Each detector at its borders, on votes made by hand; see tests/benchmarks for whole towns."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.detecting import find_all, gatherings, lockstep, reciprocal, serial
from reputation.detecting.thresholds import STANDARD
from reputation.detecting.votes import groups, surprise
from tests.factories.votes import DAY, HOUR, MINUTE, columns, crowd


def pairs(votes, finding):
    rows = finding.rows
    return set(zip(votes.voter[rows].tolist(), votes.idea[rows].tolist(), strict=True))


def test_nothing_comes_of_no_votes():
    assert find_all(columns()) == []


# --- Serial: many votes for one author within an hour -----------------------------------------


def one_after_another(votes, apart, elsewhere=0):
    """Voter 1 for author 2; and for others in the same hour."""
    begin = 5 * DAY
    mine = [(1, 2, number, begin + number * apart) for number in range(votes)]
    return mine + [(1, 50 + n, 100 + n, begin + 60 + n) for n in range(elsewhere)]


@pytest.mark.parametrize(
    ("votes", "apart", "elsewhere", "found"),
    [
        (5, MINUTE, 0, True),
        (4, MINUTE, 0, False),
        (5, 2 * MINUTE, 0, True),
        (5, 2 * MINUTE + 1, 0, False),
        (6, MINUTE, 6, True),
        (6, MINUTE, 7, False),
    ],
)
def test_serial(votes, apart, elsewhere, found):
    rows = columns(*crowd(20_000, 2_000), *one_after_another(votes, apart, elsewhere))
    findings = list(serial.find(rows))
    assert [pairs(rows, f) for f in findings] == [{(1, n) for n in range(votes)}] * found


@pytest.mark.parametrize(
    ("age", "elsewhere", "found"),
    [
        (60 * DAY - 1, 0, True),
        (60 * DAY, 0, False),
        (9 * DAY, 5, True),
        (9 * DAY, 6, False),
    ],
)
def test_an_account_that_came_for_one_author_is_not_given_the_time(age, elsewhere, found):
    """A vote every ten minutes; later some for others, by which the account looks like anybody."""
    begin = 5 * DAY
    mine = [(1, 2, number, begin + number * 10 * MINUTE, age, -1) for number in range(5)]
    others = [(1, 50 + n, 100 + n, 8 * DAY + n, age + 3 * DAY, -1) for n in range(elsewhere)]
    rows = columns(*crowd(20_000, 2_000), *mine, *others)
    findings = list(serial.find(rows))
    assert [pairs(rows, f) for f in findings] == [{(1, n) for n in range(5)}] * found


def test_a_launch_is_not_serial():
    """Everybody comes for the same author; a few take everything there is."""
    rows = one_after_another(6, MINUTE)
    guests = [(200 + g, 2, g % 6, 5 * DAY + g * 20) for g in range(100)]
    assert list(serial.find(columns(*crowd(), *rows, *guests))) == []


# --- Reciprocal: rings -------------------------------------------------------------------------


def there_and_back(there, back, elsewhere=0):
    rows = [(1, 2, n, n * DAY) for n in range(there)]
    rows += [(2, 1, 50 + n, n * DAY) for n in range(back)]
    return rows + [(1, 1_000 + n, 200 + n, n * HOUR) for n in range(elsewhere)]


@pytest.mark.parametrize(
    ("there", "back", "elsewhere", "found"),
    [(3, 3, 0, True), (3, 2, 0, False), (20, 2, 0, False), (3, 3, 14, True), (3, 3, 15, False)],
)
def test_reciprocal(there, back, elsewhere, found):
    rows = columns(*crowd(4_000), *there_and_back(there, back, elsewhere))
    assert bool(list(reciprocal.find(rows))) is found


def test_a_ring_is_one_finding_with_all_its_votes():
    ring = [(a, b, 10 * b + n, (a + b + n) * HOUR)
            for a in (1, 2, 3) for b in (1, 2, 3) if a != b for n in range(3)]  # fmt: skip
    rows = columns(*crowd(), *ring)
    [finding] = reciprocal.find(rows)
    assert pairs(rows, finding) == {(a, idea) for a, _b, idea, _when in ring}


def test_two_of_very_few_are_no_ring():
    """Where there are but two, they cannot but vote for each other: z is small."""
    assert list(reciprocal.find(columns(*there_and_back(9, 9)))) == []


# --- Lockstep: the same ideas at the same time, again and again ----------------------------------


def together(ideas, apart=MINUTE, every=DAY, people=(1, 2), elsewhere=0):
    rows = [(person, 70 + n, n, DAY + n * every + place * apart)
            for n in range(ideas) for place, person in enumerate(people)]  # fmt: skip
    return rows + [
        (person, 90, 300 + 50 * person + n, n * HOUR) for n in range(elsewhere) for person in people
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (together(5), True),
        (together(4), False),
        (together(5, apart=2 * HOUR), True),
        (together(5, apart=2 * HOUR + 1), False),
        (together(6, every=5 * MINUTE), False),
        (together(5, elsewhere=5), True),
        (together(5, elsewhere=6), False),
    ],
    ids=[
        "five",
        "four",
        "within two hours",
        "later",
        "one sitting",
        "half of it",
        "less than half",
    ],
)
def test_lockstep(rows, found):
    votes = columns(*crowd(), *rows)
    findings = [pairs(votes, finding) for finding in lockstep.find(votes)]
    assert findings == [{(person, n) for person in (1, 2) for n in range(5)}] * found


def test_where_crowds_go_everybody_meets_everybody():
    popular = [(3_000 + n, 70 + idea, idea, n * HOUR) for n in range(299) for idea in range(5)]
    unsurprising = replace(STANDARD, lockstep_surprise=-100)
    for others, found in ((popular, 0), (popular[:-5], 1)):
        votes = columns(*crowd(), *together(5), *others)
        assert len(list(lockstep.find(votes, unsurprising))) == found


def test_what_most_voters_do_is_no_wonder():
    popular = [(3_000 + n, 70 + idea, idea, n * HOUR) for n in range(200) for idea in range(5)]
    assert list(lockstep.find(columns(*crowd(), *together(5), *popular))) == []


def test_those_who_move_together_are_one_group():
    votes = columns(
        *crowd(4_000, 2_000),
        *together(5, people=(1, 2, 3)),
        *together(5, people=(8, 9), every=HOUR * 5),
    )
    found = sorted(sorted(set(votes.voter[f.rows].tolist())) for f in lockstep.find(votes))
    assert found[0] in ([1, 2, 3], [1, 2, 3, 8, 9])


# --- Gatherings: one block of addresses, or accounts just made -----------------------------------


def gathered(number, idea=1, begin=5 * DAY, apart=MINUTE, age=400 * DAY, block=-1, first=1):
    return [
        (first + n, 60, idea, begin + n * apart, age, block) for n in range(number)
    ]  # fmt: skip


def busy(block=-1):
    return [(*row, 400 * DAY, block) for row in crowd(800)]


@pytest.mark.parametrize(
    ("number", "apart", "found"), [(5, MINUTE, True), (4, MINUTE, False), (5, 2 * HOUR, False)]
)
def test_bursts(number, apart, found):
    votes = columns(*busy(block=3), *gathered(number, block=9, apart=apart))
    assert [f.rows.size for f in gatherings.find_bursts(votes)] == [number] * found


def test_a_block_in_which_everybody_sits_is_no_burst():
    assert list(gatherings.find_bursts(columns(*busy(block=9), *gathered(8, block=9)))) == []


def test_unknown_blocks_are_not_one():
    assert list(gatherings.find_bursts(columns(*busy(block=3), *gathered(8)))) == []


@pytest.mark.parametrize(
    ("number", "age", "found"),
    [(6, 2 * DAY - 1, True), (5, 0, False), (6, 2 * DAY, False)],
)
def test_newcomers(number, age, found):
    votes = columns(*busy(), *gathered(number, age=age))
    assert [f.rows.size for f in gatherings.find_newcomers(votes)] == [number] * found


def test_newcomers_who_look_around_are_welcome():
    """More than half of what they do is elsewhere."""
    rows = gathered(8, age=HOUR)
    around = [(voter, 61, 7_000 + voter + 20 * n, when + n, age, block)
              for voter, _a, _i, when, age, block in rows for n in range(2)]  # fmt: skip
    assert list(gatherings.find_newcomers(columns(*busy(), *rows, *around))) == []


# --- What they are built on -------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), votes=st.integers(1, 3_000), people=st.integers(60, 400))
def test_who_votes_independently_opens_no_case(seed, votes, people):
    assert find_all(columns(*crowd(votes, people, seed))) == []


def test_surprise_is_a_bound_from_below():
    """P(X ≥ 5) of five tries at one in ten is 1e-5 exactly."""
    [digits] = surprise(np.array([5]), np.array([5]), np.array([0.1]))
    assert digits == pytest.approx(5)
    [usual] = surprise(np.array([1]), np.array([10]), np.array([0.1]))
    assert usual == 0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=60))
def test_groups_are_the_connected_parts(edges):
    left, right = np.array(edges, np.int64).T
    found = [set(group.tolist()) for group in groups(left, right)]
    merged = []
    for a, b in edges:
        touching = [part for part in merged if part & {a, b}]
        merged = [part for part in merged if not part & {a, b}] + [{a, b}.union(*touching)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, merged))


def test_thresholds_are_those_that_the_design_names():
    assert (STANDARD.serial_votes, STANDARD.serial_within, STANDARD.serial_share) == (5, HOUR, 0.5)
    assert (STANDARD.reciprocal_votes, STANDARD.reciprocal_z) == (3, 10)
    assert (STANDARD.lockstep_ideas, STANDARD.lockstep_within) == (5, 2 * HOUR)
