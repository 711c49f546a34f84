"""Quiet hours: when a mail that is due may go out, on the member's own clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class QuietHours:
    """From one time of day to another; over midnight when it ends before it begins."""

    start: time
    end: time
    zone: ZoneInfo

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in them. The end is no longer quiet."""
        clock = moment.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def when(moment: datetime, hours: QuietHours | None) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into, by UTC.

    An end that the clocks skip in spring is reckoned by the clock before the change.
    """
    moment = moment.astimezone(UTC)
    if hours is None or not hours.holds(moment):
        return moment
    local = moment.astimezone(hours.zone)
    day = local.date() if local.time() < hours.end else local.date() + timedelta(days=1)
    end = max(datetime.combine(day, hours.end, tzinfo=hours.zone).astimezone(UTC), moment)
    # In autumn an hour is there twice: go on while it is still quiet.
    while hours.holds(end):
        end += timedelta(minutes=15)
    return end
