"""What reports weigh: trust.md, "Flag weight"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.weighing import HIDES_AT, bonus, score, weight, weightiest

COUNTS = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("right", "judged", "is_worth"),
    [
        (0, 0, 0),
        (5, 5, 0),
        (6, 6, 3),
        (7, 10, 0),
        (14, 16, (14 / 16 - 0.7) / 0.3 * 2 * 5),
        (0, 16, -10),
        (8, 16, -(0.7 - 0.5) / 0.7 * 2 * 5),
    ],
)
def test_being_right_pays_from_the_sixth_report_on(right, judged, is_worth):
    assert bonus(right=right, judged=judged) == pytest.approx(min(is_worth, 3))


@pytest.mark.parametrize(
    ("level", "is_staff", "weighs"), [(0, False, 1), (1, False, 2), (4, False, 5), (0, True, 6)]
)
def test_trust_counts_and_staff_more(level, is_staff, weighs):
    assert weight(trust_level=level, is_staff=is_staff, right=0, judged=0) == weighs


@given(level=st.integers(0, 4), is_staff=st.booleans(), judged=COUNTS, wrong=COUNTS)
def test_nobody_hides_anything_alone(level, is_staff, judged, wrong):
    right = max(judged - wrong, 0)
    one = weight(trust_level=level, is_staff=is_staff, right=right, judged=judged)
    assert 0 <= one < HIDES_AT
    assert score({1: one}, []) < HIDES_AT


@given(
    st.dictionaries(st.integers(1, 9), st.floats(0, 8), max_size=9),
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=20),
)
def test_belonging_together_never_adds(weights, pairs):
    apart = score(weights, [])
    assert apart == pytest.approx(sum(weights.values()), abs=0.01)
    assert max(weights.values(), default=0) - 0.01 <= score(weights, pairs) <= apart + 0.01


def test_friends_count_as_the_weightiest_of_them():
    assert score({1: 2, 2: 3, 3: 4}, [(1, 2)]) == 7
    assert score({1: 2, 2: 3, 3: 4}, [(1, 2), (2, 3)]) == 4


@pytest.mark.parametrize(
    ("reports", "named"),
    [
        ([("spam", 1.0), ("insult", 1.5), ("spam", 0.6)], "spam"),
        ([("spam", 1.0), ("insult", 1.0)], "spam"),
        ([("spam", 0.1), ("insult", 0.3), ("spam", 0.2)], "spam"),
        ([], None),
    ],
)
def test_the_clause_of_the_weightiest_reports(reports, named):
    assert weightiest(reports) == named
