"""Who hears of it once a day or once a week, and the last digest that each of them got."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from community import services, wording
from community.models import Digest, Mail, Member, Notification, SentMail
from community.services import digests, letters
from config.demo.people import Community
from config.demo.telling import READ_AFTER
from ideas import notices

# Both languages, both periods.
READERS = {"mara": "daily", "leonie": "daily", "tom": "weekly", "jule": "weekly"}
GROUPS = (notices.COMMENTS, notices.DECISIONS)
AN_HOUR = timedelta(hours=1)
LATELY = timedelta(days=90)
LASTS = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}


def send(community: Community, now: datetime) -> int:
    """Let some members choose digests, and write the last one of each; returns how many."""
    sent = 0
    for handle, period in READERS.items():
        member = community.members[handle]
        services.choose(member=member, deliveries=dict.fromkeys(GROUPS, period))
        sent += _last(member, period, now)
    _mute(community.members["mara"])
    return sent


def _mute(member: Member) -> None:
    """What a member heard of long ago, and enough of."""
    services.mute(member=member, topic=Notification.objects.of(member).earliest("id").topic)


def _last(member: Member, period: str, now: datetime) -> bool:
    """Of the last weeks' digests the one that had most in it; what came later waits."""
    kinds = [kind for group in GROUPS for kind in wording.kinds_in(group)]
    told = Notification.objects.of(member).filter(kind__in=kinds)
    wish = digests.Wish(member.pk, period, member.time_zone, member.digest_hour)
    zone, length = ZoneInfo(member.time_zone), LASTS[period]

    def comes_at(day: date) -> datetime:
        return datetime.combine(day, time(member.digest_hour), zone)

    latest = comes_at(wish.day(now) or now.astimezone(zone).date() - length)
    topics: dict[date, set[str]] = defaultdict(set)
    for when, topic in told.filter(created_at__lte=latest).values_list("created_at", "topic"):
        if when > now - LATELY:
            topics[wish.day(when + length) or when.astimezone(zone).date()].add(topic)
    day = max(topics, key=lambda day: (len(topics[day]), day))
    in_it = told.filter(created_at__gt=comes_at(day) - length, created_at__lte=comes_at(day))
    in_it.update(wants_digest=period, read_at=None)
    made = digests.make(wish, day, comes_at(day))
    _deliver(Digest.objects.get(member=member), comes_at(day))
    in_it.filter(created_at__lt=now - READ_AFTER).update(read_at=comes_at(day) + AN_HOUR)
    told.filter(created_at__gt=latest).update(wants_digest=period)
    return made


def _deliver(digest: Digest, at: datetime) -> None:
    """Into the mailbox of the demo, as if the worker had sent it then."""
    Digest.objects.filter(pk=digest.pk).update(created_at=at)
    Mail.objects.filter(digest=digest).update(created_at=at, sent_at=at, attempts=1)
    letter = letters.of(digest.mail)
    html, _kind = letter.alternatives[0]
    SentMail.objects.create(
        to=digest.member.email,
        subject=str(letter.subject),
        text=str(letter.body),
        html=str(html),
        sent_at=at,
    )
