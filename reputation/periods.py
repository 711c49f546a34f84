"""Of which time, and of which part of the site, a leaderboard is. Weeks begin on Monday, and days
at midnight UTC, as they do for points."""

from datetime import UTC, date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Period(models.TextChoices):
    WEEK = "week", _("This week")
    MONTH = "month", _("This month")
    YEAR = "year", _("This year")
    EVER = "ever", _("All time")
    # All that those have who joined lately: beside the former, so that other names are read, too.
    NEWCOMERS = "newcomers", _("Newcomers")


class Area(models.TextChoices):
    SITE = "site", _("the whole site")
    BOARD = "board", _("a board")
    TAG = "tag", _("a tag")


# These end, and are kept.
ENDING = (Period.WEEK, Period.MONTH, Period.YEAR)
# Who joined so many days ago or later is a newcomer.
NEW_FOR = 90
# How many of those that ended are ranked again with the others, the last ones; votes may be made
# void a while after they were given.
AGAIN = {Period.WEEK: 12, Period.MONTH: 3, Period.YEAR: 1}


def day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def begin(period: str, day: date) -> date | None:
    """The first day of the period that a day is in; None where it has none."""
    if period == Period.WEEK:
        return day - timedelta(days=day.weekday())
    if period == Period.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period == Period.YEAR else None


def before(period: str, first: date, times: int = 1) -> date:
    """The first day of the period so many before the one that begins on `first`."""
    for _time in range(times):
        found = begin(period, first - timedelta(days=1))
        assert found is not None
        first = found
    return first


def end(period: str, first: date) -> date:
    """The last day of the period that begins on `first`."""
    # Later than any of its days, and within the one after it.
    inside = first + timedelta(days={Period.WEEK: 7, Period.MONTH: 31}.get(Period(period), 366))
    following = begin(period, inside)
    assert following is not None
    return following - timedelta(days=1)
