"""Working days: when a promise of so many of them is half used, nearly, and due."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideas.workdays import A_DAY, EVERY_DAY, Workdays

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Workdays(BERLIN, frozenset({1, 2, 3, 4, 5}))
ALWAYS = Workdays(BERLIN)


def at(*when, zone=BERLIN):
    return datetime(*when, tzinfo=zone)


def test_due_when_the_last_day_has_ended():
    """Posted on a Monday noon, seven days: through the Monday after."""
    assert ALWAYS.times(at(2026, 6, 1, 12), 7).due == at(2026, 6, 9)


def test_weekends_do_not_count():
    """Friday noon, one working day: Monday, to its end."""
    assert OFFICE.times(at(2026, 6, 5, 12), 1).due == at(2026, 6, 9)


def test_holidays_do_not_count():
    pentecost = Workdays(BERLIN, OFFICE.days, frozenset({date(2026, 5, 25)}))
    assert pentecost.times(at(2026, 5, 22, 12), 1).due == at(2026, 5, 27)


def test_the_day_is_that_of_the_calendar():
    """23:30 in London is the next day in Berlin."""
    late = at(2026, 6, 1, 23, 30, zone=ZoneInfo("Europe/London"))
    assert ALWAYS.times(late, 1).due == at(2026, 6, 4)


def test_half_and_nine_tenths_fall_into_days():
    """Of 5 days: half is noon of the third, nine tenths noon of the fifth."""
    times = OFFICE.times(at(2026, 6, 5, 17), 5)
    assert times.half == at(2026, 6, 10, 12)
    assert times.near == at(2026, 6, 12, 12)
    assert times.due == at(2026, 6, 13)


def test_half_of_ten_days_is_the_end_of_the_fifth():
    assert ALWAYS.times(at(2026, 6, 1, 8), 10).half == at(2026, 6, 7)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # Clocks go forward on 29 March and back on 25 October: a day is 23 or 25 hours long.
        (at(2026, 3, 28, 12), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (at(2026, 10, 24, 12), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_summer_time(start, due):
    assert ALWAYS.times(start, 1).due == due


def test_a_midnight_that_does_not_exist():
    """In Beirut clocks jump from midnight to one: the day begins at one."""
    beirut = Workdays(ZoneInfo("Asia/Beirut"))
    assert beirut.start_of(date(2026, 3, 29)) == datetime(2026, 3, 28, 22, tzinfo=UTC)


def test_working_days_between_two_moments():
    friday, monday = at(2026, 6, 5, 9), at(2026, 6, 8, 18)
    assert OFFICE.between(friday, monday) == 1
    assert OFFICE.between(friday, at(2026, 6, 7, 9)) == 0
    assert OFFICE.between(monday, friday) == 0


def test_moved_by_working_days_it_keeps_its_hour():
    assert OFFICE.later(at(2026, 6, 5, 12), 1) == at(2026, 6, 8, 12)
    # The end of Friday becomes the end of Monday.
    assert OFFICE.later(at(2026, 6, 6), 1) == at(2026, 6, 9)


calendars = st.builds(
    Workdays,
    st.sampled_from([ZoneInfo(name) for name in (
        "Europe/Berlin", "America/Santiago", "Asia/Beirut", "Asia/Kathmandu", "Pacific/Apia",
        "America/Havana", "UTC",
    )]),
    st.frozensets(st.sampled_from(sorted(EVERY_DAY)), min_size=1),
    st.frozensets(st.dates(date(2025, 12, 1), date(2027, 3, 1)), max_size=30),
)  # fmt: skip
moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2026, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
counts = st.integers(1, 60)


@given(calendars, moments, counts)
def test_time_only_goes_forwards(days, start, count):
    times = days.times(start, count)
    assert start < times.half <= times.near <= times.due
    assert times.due <= days.times(start, count + 1).due
    assert times.due <= days.times(start + timedelta(hours=7), count).due


@given(calendars, moments, counts)
def test_so_many_working_days_lie_before_the_end(days, start, count):
    """Counted by hand: due is the first midnight with that many behind it."""
    due = days.times(start, count).due
    last = days.day_of(due - timedelta(microseconds=1))
    whole = [days.day_of(start) + n * A_DAY for n in range(1, 500)]
    worked = [day for day in whole if day <= last and days.works(day)]
    assert len(worked) == count
    assert worked[-1] == last
    assert days.between(start, due - timedelta(microseconds=1)) == count


@given(calendars, moments, counts, st.integers(0, 40))
def test_moving_keeps_the_order(days, start, count, moved):
    times = days.times(start, count)
    half, near, due = (days.later(m, moved) for m in (times.half, times.near, times.due))
    assert half <= near <= due
    # What was the end of a working day is the end of a later one, and of one as far away.
    assert due == days.times(start, count + moved).due
