"""Working calendars: the days they count, and the public holidays filled into them."""

from datetime import date
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ideas.models import Holiday, WorkCalendar
from ideas.workdays import Workdays

# This year and the next two: longer than any promise runs.
YEARS = 3


def workdays_of(calendar: WorkCalendar | None) -> Workdays:
    """What a calendar counts; without one, every day where the site is."""
    if calendar is None:
        return Workdays(ZoneInfo(settings.TIME_ZONE))
    days = calendar.holidays.order_by().values_list("day", flat=True)
    return Workdays(ZoneInfo(calendar.time_zone), frozenset(calendar.works_on), frozenset(days))


@transaction.atomic
def fill_holidays(*, calendar: WorkCalendar) -> int:
    """Write the public holidays of a calendar's region where they are missing; returns how many.

    Days are added, never taken away. Dates of running clocks were computed and stay.
    """
    known = set(calendar.holidays.values_list("day", flat=True))
    named = _public(calendar) if calendar.country else {}
    fresh = [
        Holiday(calendar=calendar, day=day, name=name[:100], entered_at=timezone.now())
        for day, name in sorted(named.items())
        if day not in known
    ]
    return len(Holiday.objects.bulk_create(fresh, ignore_conflicts=True))


def _public(calendar: WorkCalendar) -> dict[date, str]:
    this_year = timezone.localdate().year
    found = holidays.country_holidays(
        calendar.country,
        subdiv=calendar.region or None,
        years=range(this_year, this_year + YEARS),
    )
    return dict(found.items())


def is_known(country: str, region: str) -> bool:
    """Whether there are holidays to fill in for a region."""
    regions = holidays.list_supported_countries().get(country)
    return regions is not None and (not region or region in regions)


def fill_all() -> int:
    """The holidays of every calendar; returns how many days were new."""
    return sum(fill_holidays(calendar=calendar) for calendar in WorkCalendar.objects.all())
