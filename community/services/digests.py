"""Digests: what waited for the day's or the week's e-mail, put into one.

A digest is a row, one for a member, a period and a day. Whoever makes it takes the notifications
along and leaves a mail, all in one transaction: two workers, or one that was killed, make it
neither twice nor never. Sending it is the mailing's business; see `Mail`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.models import Digest, Mail, Member, Notification
from community.models.choice import Delivery
from community.services.notifying import ask_for_sending

AT_ONCE = 1000
# What waited longer, because mail was off or came back, is no news: it is on the page.
NEWS_FOR = timedelta(days=15)


@dataclass(frozen=True)
class Wish:
    """Somebody for whom something waits."""

    member_id: int
    period: str
    zone: str
    hour: int

    def day(self, now: datetime) -> date | None:
        """The day whose digest is due by now; None before the first hour of it."""
        local = now.astimezone(ZoneInfo(self.zone))
        day = local.date()
        if self.period == Delivery.WEEKLY:
            day -= timedelta(days=day.weekday())
        return day if local >= datetime.combine(day, time(self.hour), local.tzinfo) else None


def make_due(*, now: datetime | None = None) -> int:
    """Make each digest that is due; returns how many were made."""
    now = now or timezone.now()
    made = 0
    for wishes in batched(_wishes(), AT_ONCE, strict=False):
        had = _had(wishes, now)
        for wish in wishes:
            day = wish.day(now)
            if day and (wish.member_id, wish.period, day) not in had:
                made += make(wish, day, now)
    if made:
        ask_for_sending()
    return made


def _wishes() -> Iterator[Wish]:
    waiting = Notification.objects.for_digests().filter(member__in=Member.objects.reached_by_mail())
    rows = waiting.order_by().values_list(
        "member_id", "wants_digest", "member__time_zone", "member__digest_hour"
    )
    return (Wish(*row) for row in rows.distinct().iterator(chunk_size=AT_ONCE))


def _had(wishes: tuple[Wish, ...], now: datetime) -> set[tuple[int, str, date]]:
    """The digests of these members that were made already, as far back as a week."""
    lately = Digest.objects.filter(
        member__in={wish.member_id for wish in wishes}, day__gte=now.date() - timedelta(days=8)
    )
    return set(lately.values_list("member_id", "period", "day"))


@transaction.atomic
def make(wish: Wish, day: date, now: datetime) -> bool:
    """Make one digest, unless it was made or nothing waits for it; whether it was."""
    digest, created = Digest.objects.get_or_create(
        member_id=wish.member_id, period=wish.period, day=day
    )
    if not created:
        return False
    waiting = Notification.objects.for_digests().filter(
        member=wish.member_id, wants_digest=wish.period
    )
    # What was muted or read meanwhile is let go.
    old = Q(topic__in=digest.member.muted.values("topic")) | Q(read_at__isnull=False)
    waiting.filter(old | Q(created_at__lt=now - NEWS_FOR)).update(wants_digest="")
    # The mark goes with the wait: should the digest be forgotten, nothing is told anew.
    if not waiting.update(digest=digest, wants_digest=""):
        digest.delete()
        return False
    Mail.objects.create(digest=digest, due_at=now)
    return True
