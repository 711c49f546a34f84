"""Reading one's feed: when one looked, and an address of it for programs that read feeds."""

import hashlib
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from community.models import Member
from ideas.models import FeedReader

# Looks that are closer together than this are one visit.
VISIT = timedelta(minutes=30)
LENGTH = 40

# One statement, so that two tabs at once note one visit.
LOOK = """
    INSERT INTO ideas_feedreader AS reader (member_id, looked_at) VALUES (%(me)s, %(now)s)
    ON CONFLICT (member_id) DO UPDATE SET looked_at = excluded.looked_at,
        before_at = CASE WHEN reader.looked_at < %(ended)s THEN reader.looked_at
                         ELSE reader.before_at END
    RETURNING before_at
"""


@transaction.atomic
def look(*, member: Member) -> datetime | None:
    """The member looks at their feed; returns when they last did on the visit before this one."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {"me": member.pk, "now": now, "ended": now - VISIT})
        before: datetime | None = cursor.fetchone()[0]
    return before


@transaction.atomic
def make_address(*, member: Member) -> str:
    """A new secret for the feed's address, which nobody will see again; the old one is void."""
    secret = get_random_string(LENGTH)
    said = {"digest": _digest(secret), "made_at": timezone.now()}
    FeedReader.objects.update_or_create(member=member, defaults=said)
    return secret


@transaction.atomic
def revoke_address(*, member: Member) -> None:
    """Nobody reads the feed by an address any more; harmless when there is none."""
    FeedReader.objects.filter(member=member).update(digest=None, made_at=None)


def reader_of(secret: str) -> Member | None:
    """The active member whose feed has this secret."""
    rows = FeedReader.objects.filter(digest=_digest(secret), member__is_active=True)
    reader = rows.select_related("member").first()
    return reader.member if reader else None


def state_of(member: Member) -> FeedReader | None:
    """When the member's address was made, if one is."""
    return FeedReader.objects.filter(member=member, digest__isnull=False).first()


def _digest(secret: str) -> str:
    # The secret has 238 random bits: a slow hash would guard nothing more.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
