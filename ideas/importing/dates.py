"""Moments as files write them."""

import re
from datetime import date, datetime, time

from django.utils import timezone

OLDEST = date(1900, 1, 1)
_ROUGH = re.compile(r"(\d{4})(?:-(\d{1,2}))?$")


def moment(written: str) -> datetime:
    """An ISO date or date-time, a year and month, or a year. Raises ValueError with the reason.

    A day is its noon at the site, so that it is the same day for nearly everyone; a month is its
    first day, a year the first of January. A time without a zone is the site's.
    """
    try:
        read = _read(written)
    except ValueError as error:
        raise ValueError(f"{written} is no date") from error
    if read.date() < OLDEST:
        raise ValueError(f"{written} is too long ago")
    if read > timezone.now():
        raise ValueError(f"{written} lies in the future")
    return read


def _read(written: str) -> datetime:
    if rough := _ROUGH.match(written):
        return _middle(date(int(rough[1]), int(rough[2] or 1), 1))
    try:
        return _middle(date.fromisoformat(written))
    except ValueError:
        return _at_the_site(datetime.fromisoformat(written))


def _middle(day: date) -> datetime:
    noon = _at_the_site(datetime.combine(day, time(12)))
    return noon if noon <= timezone.now() else _at_the_site(datetime.combine(day, time()))


def _at_the_site(read: datetime) -> datetime:
    return read if read.tzinfo else timezone.make_aware(read, timezone.get_default_timezone())
