"""Badges given and revoked: what members have earned by now, compared with what they have."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched, groupby
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from activity.services import record_all
from community.models import Member
from reputation.badges import ALL
from reputation.events import BadgeEarned
from reputation.models import BadgeDue, Reason
from reputation.services.awarding.rules import EARNED

# So many members in one transaction, by turns with those that are due.
MEMBERS = 500
# What was earned before is seen on the page, but is no news: a new badge tells nobody of old days.
NEWS_FOR = timedelta(days=7)
# So many members are told by one event.
TOLD_AT_ONCE = 500

# Of two runs at once the later one sees what the first one gave.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('reputation.awarding'))"
_TAKE = """
    WITH taken AS (
        DELETE FROM reputation_badgedue
        WHERE id IN (SELECT id FROM reputation_badgedue ORDER BY id LIMIT %s)
        RETURNING member_id
    ) SELECT DISTINCT member_id FROM taken ORDER BY member_id
"""
_REASON = f"""
    CASE WHEN NOT known.badge = ANY(%(badges)s) THEN '{Reason.GONE}'
         WHEN EXISTS (
             SELECT FROM reputation_circumstance place
             WHERE place.thing_id = known.thing_id AND place.thing = known.thing
               AND place.hidden_stamp & 1 = 1
         ) THEN '{Reason.HIDDEN}'
         ELSE '{Reason.LOST}' END
"""
_AWARD = f"""
    WITH {EARNED}, known AS MATERIALIZED (
        SELECT id, badge, member_id, thing, thing_id FROM reputation_award
        WHERE member_id = ANY(%(members)s) AND revoked_at IS NULL
    ), given AS (
        INSERT INTO reputation_award (badge, member_id, thing, thing_id, turn, earned_at, reason)
        SELECT badge, member_id, thing, thing_id, 1 + (
                   SELECT count(*) FROM reputation_award before
                   WHERE (before.member_id, before.badge, before.thing, before.thing_id)
                         = (earned.member_id, earned.badge, earned.thing, earned.thing_id)
               ), earned_at, ''
        FROM earned LEFT JOIN known USING (badge, member_id, thing, thing_id)
        WHERE known.id IS NULL
        RETURNING badge, member_id, turn, earned_at
    ), revoked AS (
        UPDATE reputation_award award SET revoked_at = statement_timestamp(), reason = {_REASON}
        FROM known LEFT JOIN earned USING (badge, member_id, thing, thing_id)
        WHERE award.id = known.id AND earned.badge IS NULL
        RETURNING award.badge, award.member_id
    )
    SELECT badge, member_id, turn, earned_at FROM given
    UNION ALL SELECT badge, member_id, 0, NULL FROM revoked
    ORDER BY badge, member_id
"""
# What these members now have of these badges, and how that changes the badges' own numbers.
_HOLD = """
    WITH pair AS (
        SELECT DISTINCT badge, member_id
        FROM unnest(%(badges)s::text[], %(members)s::bigint[]) AS pair (badge, member_id)
    ), held AS MATERIALIZED (
        SELECT DISTINCT ON (pair.badge, pair.member_id) pair.badge, pair.member_id,
               count(award.id) OVER (PARTITION BY pair.badge, pair.member_id) AS times,
               award.thing, award.thing_id, award.earned_at
        FROM pair LEFT JOIN reputation_award award
            ON award.badge = pair.badge AND award.member_id = pair.member_id
            AND award.revoked_at IS NULL
        ORDER BY pair.badge, pair.member_id, award.earned_at DESC, award.id DESC
    ), kept AS (
        INSERT INTO reputation_holding AS holding
            (badge, member_id, times, thing, thing_id, latest_at)
        SELECT badge, member_id, times, thing, thing_id, earned_at FROM held WHERE times > 0
        ON CONFLICT (member_id, badge) DO UPDATE
        SET times = excluded.times, thing = excluded.thing, thing_id = excluded.thing_id,
            latest_at = excluded.latest_at
        RETURNING new.badge, CASE WHEN old.id IS NULL THEN 1 ELSE 0 END AS members,
                  new.times - coalesce(old.times, 0) AS awards
    ), gone AS (
        DELETE FROM reputation_holding holding USING held
        WHERE held.times = 0 AND holding.badge = held.badge AND holding.member_id = held.member_id
        RETURNING holding.badge, -1 AS members, -holding.times AS awards
    )
    INSERT INTO reputation_badgetally AS tally (badge, members, awards)
    SELECT badge, sum(members), sum(awards)
    FROM (SELECT * FROM kept UNION ALL SELECT * FROM gone) AS change
    GROUP BY badge ORDER BY badge
    ON CONFLICT (badge) DO UPDATE
    SET members = tally.members + excluded.members, awards = tally.awards + excluded.awards
"""


@dataclass(frozen=True)
class Change:
    """A badge that somebody was given, for the first time or again, or lost: turn 0."""

    badge: str
    member_id: int
    turn: int
    earned_at: datetime | None


@dataclass(frozen=True)
class Awarded:
    """How many badges were given, and how many revoked."""

    given: int = 0
    revoked: int = 0

    def __add__(self, other: "Awarded") -> "Awarded":
        return Awarded(self.given + other.given, self.revoked + other.revoked)


def award() -> Awarded:
    """Look at the badges of all for whom something changed. Reads nothing of anybody else."""
    done = Awarded()
    while BadgeDue.objects.exists():
        done += _award_due()
    return done


def award_all() -> Awarded:
    """Look at everybody's badges, some members at a time."""
    last = Member.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    some = (_award_between(first, first + MEMBERS - 1) for first in range(1, last + 1, MEMBERS))
    return sum(some, start=Awarded())


@transaction.atomic
def _award_due() -> Awarded:
    """What is taken is looked at in the same transaction: after a crash it is due again."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        cursor.execute(_TAKE, [MEMBERS])
        members = [member for (member,) in cursor.fetchall()]
    return _award(members)


@transaction.atomic
def _award_between(first: int, last: int) -> Awarded:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
    among = Member.objects.filter(pk__range=(first, last)).order_by("pk")
    return _award(list(among.values_list("pk", flat=True)))


def _award(members: list[int]) -> Awarded:
    if not members:
        return Awarded()
    with connection.cursor() as cursor:
        badges = [badge.slug for badge in ALL]
        cursor.execute(_AWARD, {"members": members, "badges": badges})
        changes = [Change(*row) for row in cursor.fetchall()]
        if changes:
            pairs: dict[str, Any] = {
                "badges": [c.badge for c in changes],
                "members": [c.member_id for c in changes],
            }
            cursor.execute(_HOLD, pairs)
    _tell(changes)
    given = sum(change.turn > 0 for change in changes)
    return Awarded(given, len(changes) - given)


def _tell(changes: list[Change]) -> None:
    """Whoever has something for the first time is told, and once for several of a kind."""
    recent = timezone.now() - NEWS_FOR
    news = [c for c in changes if c.turn == 1 and c.earned_at and c.earned_at > recent]
    facts = [
        BadgeEarned(badge=badge, member_ids=list(some))
        for badge, earned in groupby(news, key=lambda change: change.badge)
        for some in batched(sorted({c.member_id for c in earned}), TOLD_AT_ONCE, strict=False)
    ]
    record_all(facts, actor=None)
