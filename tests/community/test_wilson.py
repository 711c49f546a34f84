"""The lower end of Wilson's 95 % interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.wilson import lower_bound

counts = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("yes", "no", "bound"),
    [(0, 0, 0.0), (1, 0, 0.2065), (0, 1, 0.0), (10, 0, 0.7225), (5, 5, 0.2366), (90, 10, 0.8256)],
)
def test_known_values(yes, no, bound):
    assert lower_bound(yes, no) == pytest.approx(bound, abs=5e-5)


def test_many_marks_beat_one():
    assert lower_bound(90, 10) > lower_bound(1, 0)


@given(counts, counts)
def test_it_is_a_share_below_the_plain_one(yes, no):
    bound = lower_bound(yes, no)
    assert 0 <= bound <= 1
    assert bound <= (yes / (yes + no) if yes + no else 0) + 1e-12


@given(counts, counts)
def test_a_yes_never_harms_and_a_no_never_helps(yes, no):
    assert lower_bound(yes + 1, no) >= lower_bound(yes, no) >= lower_bound(yes, no + 1) - 1e-12
