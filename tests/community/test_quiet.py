"""Quiet hours, on the member's own clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.quiet import QuietHours, when

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(time(22), time(7), BERLIN)
NOON = QuietHours(time(12), time(13), BERLIN)


def berlin(*moment):
    return datetime(*moment, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("hours", "due", "goes_out"),
    [
        (None, berlin(2026, 3, 4, 23), berlin(2026, 3, 4, 23)),
        (NIGHT, berlin(2026, 3, 4, 21, 59), berlin(2026, 3, 4, 21, 59)),
        (NIGHT, berlin(2026, 3, 4, 22), berlin(2026, 3, 5, 7)),
        (NIGHT, berlin(2026, 3, 5, 3), berlin(2026, 3, 5, 7)),
        (NIGHT, berlin(2026, 3, 5, 7), berlin(2026, 3, 5, 7)),
        (NOON, berlin(2026, 3, 4, 12, 30), berlin(2026, 3, 4, 13)),
        (NOON, berlin(2026, 3, 4, 22), berlin(2026, 3, 4, 22)),
        # The clocks go forward at two: half past two, when it is to be loud again, is missing.
        (
            QuietHours(time(22), time(2, 30), BERLIN),
            berlin(2026, 3, 29, 1),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        ),
    ],
)
def test_a_mail_waits_for_the_end_of_quiet_hours(hours, due, goes_out):
    assert when(due, hours) == goes_out


def test_the_clock_is_the_members_own():
    due = datetime(2026, 3, 4, 23, tzinfo=UTC)
    tokyo = QuietHours(time(22), time(7), ZoneInfo("Asia/Tokyo"))
    assert when(due, NIGHT) == berlin(2026, 3, 5, 7)
    assert when(due, tokyo) == due


times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])


@given(
    start=times,
    end=times,
    zone=zones,
    due=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001
)
def test_what_goes_out_is_loud_not_early_and_within_a_day(start, end, zone, due):
    due = due.replace(tzinfo=UTC)
    hours = QuietHours(start, end, ZoneInfo(zone))
    goes_out = when(due, hours)
    assert not hours.holds(goes_out)
    assert due <= goes_out <= due + timedelta(hours=26)
    if not hours.holds(due):
        assert goes_out == due
