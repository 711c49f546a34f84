"""Days on which a promise's clock runs, and the moments that follow from them. Pure sums.

A promise of D days that starts on a day S is due when the D-th working day after S has ended: at
the midnight that begins the next local day. P percent of it are used when D·P/100 of those days
have ended, a begun day counted by the share of its hours.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(1, 8))
HALF, NEAR, ALL = 50, 90, 100


@dataclass(frozen=True)
class Times:
    """When half of the time is used, nine tenths, and all of it. In UTC."""

    half: datetime
    near: datetime
    due: datetime


@dataclass(frozen=True)
class Workdays:
    """A calendar: `days` are ISO weekdays, Monday is 1; at least one."""

    zone: ZoneInfo
    days: frozenset[int] = EVERY_DAY
    holidays: frozenset[date] = field(default_factory=frozenset)

    def works(self, day: date) -> bool:
        return day.isoweekday() in self.days and day not in self.holidays

    def day_of(self, moment: datetime) -> date:
        """The local day."""
        return moment.astimezone(self.zone).date()

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after a day; the day itself for 0."""
        while count > 0:
            day += A_DAY
            count -= self.works(day)
        return day

    def between(self, earlier: datetime, later: datetime) -> int:
        """How many working days lie behind the day of the one, up to the day of the other."""
        day, last = self.day_of(earlier), self.day_of(later)
        found = 0
        while day < last:
            day += A_DAY
            found += self.works(day)
        return found

    def start_of(self, day: date) -> datetime:
        # Where clocks jump at midnight this is the first moment of the day all the same.
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The midnight that begins the next day."""
        return self.start_of(day + A_DAY)

    def times(self, start: datetime, days: int) -> Times:
        """The moments of a promise of so many working days, at least one."""
        half, near, due = (self._used(start, days * percent) for percent in (HALF, NEAR, ALL))
        return Times(half, near, due)

    def _used(self, start: datetime, hundredths: int) -> datetime:
        whole, part = divmod(hundredths, 100)
        day = self.after(self.day_of(start), whole)
        if not part:
            return self.end_of(day)
        day = self.after(day, 1)
        begin = self.start_of(day)
        return begin + (self.end_of(day) - begin) * part / 100

    def later(self, moment: datetime, count: int) -> datetime:
        """A moment of a promise moved by so many working days; the hour of its day stays."""
        if not count:
            return moment
        # Midnight is the end of a day, not the start of one.
        day = self.day_of(moment - timedelta(microseconds=1))
        begin, end = self.start_of(day), self.end_of(day)
        new = self.after(day, count)
        share = (moment - begin) / (end - begin)
        return self.start_of(new) + (self.end_of(new) - self.start_of(new)) * share
