"""The sums over the ledger: reckoned anew, and verified."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from community.models import Member
from community.services import add_to_standing
from reputation.models import Verification
from reputation.services.booking.applying import CAP, IS_CAPPED
from reputation.services.booking.reading import Progress, hold, read_anew

MEMBERS = 2_000
EXAMPLES = 5

_DAYS = f"""
    SELECT member_id, counts_on AS day,
           coalesce(sum(points) FILTER (WHERE {IS_CAPPED}), 0) AS capped,
           coalesce(sum(points) FILTER (WHERE NOT {IS_CAPPED}), 0) AS free
    FROM reputation_entry {{which}} GROUP BY member_id, counts_on
"""
_SOME = "member_id BETWEEN %(first)s AND %(last)s"
_REWRITE = f"""
    WITH gone AS (DELETE FROM reputation_day WHERE {_SOME}),
    sums AS ({_DAYS.format(which=f"WHERE {_SOME}")})
    INSERT INTO reputation_day (member_id, day, capped, free, points)
    SELECT member_id, day, capped, free, least(capped, {CAP.format(day="day")}) + free FROM sums
    ON CONFLICT (member_id, day) DO UPDATE
    SET capped = excluded.capped, free = excluded.free, points = excluded.points
"""
_OFF = """
    SELECT member.id, coalesce(sums.points, 0) - member.standing AS more
    FROM community_member member LEFT JOIN (
        SELECT member_id, sum(points) AS points FROM reputation_day {which} GROUP BY member_id
    ) AS sums ON sums.member_id = member.id
    WHERE coalesce(sums.points, 0) <> member.standing
"""
_OFF_AMONG = f"{_OFF.format(which=f'WHERE {_SOME}')} AND member.id BETWEEN %(first)s AND %(last)s"

# What must be the same, and a statement for whatever is not: a name of it, and how many there are.
CHECKS = {
    "Entries add up to what their grounds hold": """
        SELECT concat('ground ', ground.id, ': ', coalesce(sums.points, 0))
        FROM reputation_ground ground LEFT JOIN (
            SELECT ground_id, sum(points) AS points FROM reputation_entry GROUP BY ground_id
        ) AS sums ON sums.ground_id = ground.id
        WHERE coalesce(sums.points, 0) <> CASE WHEN ground.holds THEN ground.points ELSE 0 END
    """,
    "Days are the sums of their entries": f"""
        SELECT concat('member ', member_id, ' on ', day, ': ', told.points)
        FROM ({_DAYS.format(which="")}) AS sums
        FULL JOIN reputation_day told USING (member_id, day)
        WHERE (coalesce(sums.capped, 0), coalesce(sums.free, 0))
              <> (coalesce(told.capped, 0), coalesce(told.free, 0))
           OR told.points <> least(told.capped, {CAP.format(day="day")}) + told.free
    """,
    "Standing is the sum of the days": f"""
        SELECT concat('member ', id, ': ', more) FROM ({_OFF.format(which="")}) AS standing
    """,
    "Badges are the sums of what was given": """
        SELECT concat(badge, ' of member ', member_id, ': ', holding.times)
        FROM (
            SELECT badge, member_id, count(*) AS times FROM reputation_award
            WHERE revoked_at IS NULL GROUP BY badge, member_id
        ) AS given
        FULL JOIN reputation_holding holding USING (badge, member_id)
        WHERE given.times IS DISTINCT FROM holding.times
    """,
    "Numbers of badges are the sums of what members have": """
        SELECT concat(badge, ': ', tally.members, ' with ', tally.awards)
        FROM (
            SELECT badge, count(*) AS members, sum(times) AS awards
            FROM reputation_holding GROUP BY badge
        ) AS held
        FULL JOIN reputation_badgetally tally USING (badge)
        WHERE (coalesce(held.members, 0), coalesce(held.awards, 0))
              <> (coalesce(tally.members, 0), coalesce(tally.awards, 0))
    """,
}
FROM_LOG = """
    SELECT concat(kind, ' ', thing, ' ', thing_id, ' by ', actor_id, ': ',
                  CASE WHEN told.holds THEN 'holds' ELSE 'does not hold' END)
    FROM {schema}.reputation_ground told
    FULL JOIN pg_temp.reputation_ground read USING (kind, thing, thing_id, actor_id)
    WHERE CASE WHEN told.holds AND told.points <> 0 THEN
              (told.member_id, told.points, told.since)::text END
          IS DISTINCT FROM
          CASE WHEN read.holds AND read.points <> 0 THEN
              (read.member_id, read.points, read.since)::text END
"""
READ_ANEW = "Grounds are what the log says"


def recompute(*, progress: Progress) -> int:
    """Write days and standing anew from the entries; returns how many members had another one.

    Some members at a time: what happens meanwhile is booked between. `progress` is told how many.
    """
    last = Member.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    changed = 0
    for first in range(1, last + 1, MEMBERS):
        changed += _recompute(first, first + MEMBERS - 1)
        progress(min(MEMBERS, last + 1 - first))
    return changed


@transaction.atomic
def _recompute(first: int, last: int) -> int:
    hold()
    with connection.cursor() as cursor:
        bounds = {"first": first, "last": last}
        cursor.execute(_REWRITE, bounds)
        cursor.execute(_OFF_AMONG, bounds)
        more = dict(cursor.fetchall())
    add_to_standing(points=more)
    return len(more)


@transaction.atomic
def verify(*, from_log: bool, progress: Progress) -> Verification:
    """Compare the ledger with its sums, and with a reading of the log from its beginning.

    It waits for what is being booked, and nothing is booked meanwhile. What it finds is kept.
    """
    begun, place = timezone.now(), hold()
    found = {what: drift for what, check in CHECKS.items() if (drift := _drift(check))}
    if from_log:
        with read_anew(place, progress) as schema:
            if drift := _drift(FROM_LOG.format(schema=schema)):
                found[READ_ANEW] = drift
    return Verification.objects.create(begun_at=begun, from_log=from_log, found=found)


def _drift(check: str) -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT drift.*, count(*) OVER () FROM ({check}) AS drift LIMIT %s", [EXAMPLES]
        )
        rows = cursor.fetchall()
    return {"count": rows[0][1], "examples": [name for name, _ in rows]} if rows else None
