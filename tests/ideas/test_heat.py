"""Hot: ln Σ e^(t/τ), stored, comparable for ever."""

import math
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ideas import heat
from ideas.heat import COLD, EPOCH, TAU_SECONDS

TAU = timedelta(seconds=TAU_SECONDS)
moments = st.datetimes(
    min_value=EPOCH.replace(tzinfo=None) - 3000 * timedelta(days=1),
    max_value=EPOCH.replace(tzinfo=None) + 9000 * timedelta(days=1),
    timezones=st.just(EPOCH.tzinfo),
)


def test_an_idea_without_votes_is_cold():
    assert heat.heat([]) == COLD


def test_one_vote_is_as_hot_as_its_moment():
    assert heat.heat([EPOCH]) == 0
    assert heat.heat([EPOCH + TAU]) == pytest.approx(1)


def test_two_votes_at_once_are_hotter_by_the_logarithm_of_two():
    assert heat.heat([EPOCH, EPOCH]) == pytest.approx(math.log(2))


def test_a_vote_five_days_later_weighs_e_times_as_much():
    one_now = heat.heat([EPOCH + TAU])
    almost_three_before = heat.heat([EPOCH] * 2)
    assert almost_three_before < one_now < heat.heat([EPOCH] * 3)


def test_votes_of_a_century_do_not_overflow():
    century = timedelta(days=36_525)
    assert heat.heat([EPOCH, EPOCH + century]) == pytest.approx(heat.exponent(EPOCH + century))


@given(st.lists(moments, min_size=1, max_size=20), moments)
def test_another_vote_always_warms_and_order_does_not_matter(votes, another):
    assert heat.heat([*votes, another]) >= heat.heat(votes)
    assert heat.heat(votes[::-1]) == pytest.approx(heat.heat(votes), abs=1e-9)


@given(st.lists(moments, min_size=1, max_size=8), st.lists(moments, min_size=1, max_size=8))
def test_the_clock_alone_never_changes_which_of_two_ideas_is_hotter(one, other):
    """All fade at one pace: shifting the epoch shifts both alike."""
    shift = timedelta(days=400)
    before = heat.heat(one) - heat.heat(other)
    after = heat.heat([m + shift for m in one]) - heat.heat([m + shift for m in other])
    assert after == pytest.approx(before, abs=1e-6)


@pytest.mark.django_db
def test_postgresql_reckons_the_same_exponent():
    moment = EPOCH + timedelta(days=321, microseconds=7)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {heat.SQL_EXPONENT.format('%s::timestamptz')}", [moment])
        assert cursor.fetchone()[0] == pytest.approx(heat.exponent(moment), abs=1e-9)
