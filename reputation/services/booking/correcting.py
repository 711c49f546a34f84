"""The ledger corrected by the log: what was booked wrongly is reversed, and booked anew.

Nothing that was ever written changes. Needed after a rule was mended, or rows were damaged.
"""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from activity.models import EventRecord
from activity.services import record_all
from community.errors import Refused
from community.services import add_to_standing
from reputation.events import LedgerCorrected
from reputation.kinds import Cause
from reputation.services.booking.applying import DAYS
from reputation.services.booking.reading import Progress, hold, read_anew

STEPS = (False, True)
_KEPT = "member_id, since, points, book_id, given_stamp, voided_stamp, reversed_stamp, hidden_stamp"
# What a ground holds now, and whether the newest event set each of its stamps.
_STATE = """
    CASE WHEN {0}.holds AND {0}.points <> 0 THEN
        ({0}.member_id, {0}.points, {0}.since)::text
    END, coalesce({0}.given, false), coalesce({0}.voided_stamp & 1, 0),
    coalesce({0}.reversed_stamp & 1, 0), coalesce({0}.hidden_stamp & 1, 0)
"""
# Each ground that is not what the log says, or whose newest entry is not.
_COMPARE = f"""
    CREATE TEMPORARY TABLE reputation_wrong ON COMMIT DROP AS
    SELECT * FROM (
        SELECT told.id AS ground_id, live.id AS live_id, kind, thing, thing_id, actor_id,
               {", ".join(f"read.{name}" for name in _KEPT.split(", "))},
               coalesce(read.holds AND read.points <> 0, false) AS holds,
               CASE WHEN live.id IS NOT NULL THEN
                   (live.member_id, live.points, live.counts_on)::text
               END IS DISTINCT FROM CASE WHEN read.holds AND read.points <> 0 THEN
                   (read.member_id, read.points, (read.since AT TIME ZONE 'UTC')::date)::text
               END AS turns,
               ({_STATE.format("told")}) IS DISTINCT FROM ({_STATE.format("read")}) AS differs
        FROM {{schema}}.reputation_ground told
        FULL JOIN pg_temp.reputation_ground read USING (kind, thing, thing_id, actor_id)
        LEFT JOIN (
            SELECT * FROM (
                SELECT DISTINCT ON (ground_id)
                       id, ground_id, member_id, points, counts_on, reverses_id
                FROM {{schema}}.reputation_entry ORDER BY ground_id, id DESC
            ) AS newest WHERE reverses_id IS NULL
        ) AS live ON live.ground_id = told.id
    ) AS compared WHERE turns OR differs
"""
_KEEP = "CREATE TEMPORARY TABLE read_{0} ON COMMIT DROP AS TABLE pg_temp.reputation_{0}"
# An entry is on a ground of its member.
_OWN = """
    UPDATE reputation_ground ground SET member_id = live.member_id
    FROM reputation_wrong wrong JOIN reputation_entry live ON live.id = wrong.live_id
    WHERE ground.id = wrong.ground_id AND ground.member_id <> live.member_id
"""
_TAKE = f"""
    INSERT INTO reputation_entry (
        ground_id, member_id, actor_id, kind, cause, thing, thing_id, points, book_id,
        reverses_id, event, occurred_at, counts_on
    )
    SELECT live.ground_id, live.member_id, live.actor_id, live.kind, '{Cause.CORRECTED}',
           live.thing, live.thing_id, -live.points, live.book_id, live.id, %s, now(), live.counts_on
    FROM reputation_wrong wrong JOIN reputation_entry live ON live.id = wrong.live_id
    WHERE wrong.turns
"""
# Whatever the log knows nothing of was never given.
_MEND = f"""
    UPDATE reputation_ground ground
    SET ({_KEPT}) = (
        coalesce(wrong.member_id, ground.member_id), coalesce(wrong.since, ground.since),
        coalesce(wrong.points, ground.points), coalesce(wrong.book_id, ground.book_id),
        coalesce(wrong.given_stamp, ground.given_stamp >> 1 << 1),
        wrong.voided_stamp, wrong.reversed_stamp, wrong.hidden_stamp
    )
    FROM reputation_wrong wrong WHERE ground.id = wrong.ground_id
"""
_MAKE = f"""
    WITH made AS (
        INSERT INTO reputation_ground (kind, thing, thing_id, actor_id, {_KEPT})
        SELECT kind, thing, thing_id, actor_id, {_KEPT}
        FROM reputation_wrong WHERE ground_id IS NULL
        RETURNING id, kind, thing, thing_id, actor_id
    )
    UPDATE reputation_wrong wrong SET ground_id = made.id FROM made
    WHERE (wrong.thing_id, wrong.actor_id, wrong.kind, wrong.thing)
        = (made.thing_id, made.actor_id, made.kind, made.thing)
"""
_GIVE = f"""
    INSERT INTO reputation_entry (
        ground_id, member_id, actor_id, kind, cause, thing, thing_id, points, book_id,
        event, occurred_at, counts_on
    )
    SELECT ground_id, member_id, actor_id, kind, '{Cause.CORRECTED}', thing, thing_id, points,
           book_id, %s, now(), (since AT TIME ZONE 'UTC')::date
    FROM reputation_wrong WHERE turns AND holds
"""
_SUM = f"""
    WITH booked AS (
        SELECT member_id, kind, points, counts_on FROM reputation_entry
        WHERE cause = '{Cause.CORRECTED}' AND event IN (%s, %s)
    ), days AS ({DAYS})
    SELECT member_id, sum(more) FROM days GROUP BY member_id HAVING sum(more) <> 0
"""
_DUE = """
    INSERT INTO reputation_badgedue (member_id)
    SELECT DISTINCT member_id FROM reputation_entry WHERE event IN (%s, %s)
"""
_FORGET = """
    DELETE FROM reputation_{table} told USING (
        SELECT {columns} FROM reputation_{table} EXCEPT SELECT {columns} FROM read_{table}
    ) AS wrong WHERE ({told}) IS NOT DISTINCT FROM ({wrong})
"""
_LEARN = """
    INSERT INTO reputation_{table} ({columns}) SELECT {columns} FROM read_{table}
    ON CONFLICT DO NOTHING
"""
_REMEMBERED = {
    "share": ("member_id", "idea_id", "source", "source_id", "duplicate_id", "stamp"),
    "circumstance": ("thing", "thing_id", "hidden_stamp", "shipped_stamp", "author_id"),
}


@transaction.atomic
def correct(*, reason: str, progress: Progress) -> int:
    """Make the ledger what the log says; returns how many grounds were not. Again finds none.

    Nothing is booked meanwhile. Raises Refused without a reason.
    """
    if not reason.strip():
        raise Refused(_("Say why."), code="missing_reason")
    place = hold()
    with connection.cursor() as cursor:
        with read_anew(place, progress) as schema:
            cursor.execute(_COMPARE.format(schema=schema))
            for table in _REMEMBERED:
                cursor.execute(_KEEP.format(table))
        wrong = _book(reason.strip())
        for table, columns in _REMEMBERED.items():
            names = {"table": table, "columns": ", ".join(columns)}
            names |= {of: f"{of}.{f', {of}.'.join(columns)}" for of in ("told", "wrong")}
            for statement in (_FORGET, _LEARN):
                cursor.execute(statement.format(**names))
            cursor.execute(f"DROP TABLE read_{table}")
        cursor.execute("DROP TABLE reputation_wrong")
    return wrong


def _book(reason: str) -> int:
    """What was wrong goes, the grounds are mended, and what is right comes: an event each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) FILTER (WHERE turns) FROM reputation_wrong")
        wrong, turning = cursor.fetchone()
        if not wrong:
            return 0
        gone, came = _told(turning, reason)
        cursor.execute(_OWN)
        cursor.execute(_TAKE, [gone])
        cursor.execute(_MEND)
        cursor.execute(_MAKE)
        cursor.execute(_GIVE, [came])
        cursor.execute(_DUE, [gone, came])
        cursor.execute(_SUM, [gone, came])
        add_to_standing(points=dict(cursor.fetchall()))
    return int(wrong)


def _told(grounds: int, reason: str) -> tuple[int, int]:
    """Two facts of the log, whose numbers the entries carry: a ground turns once with each."""
    facts = [LedgerCorrected(grounds=grounds, gives=gives, reason=reason) for gives in STEPS]
    record_all(facts, actor=None)
    newest = EventRecord.objects.filter(kind=LedgerCorrected.kind).order_by("-pk")
    came, gone = newest.values_list("pk", flat=True)[:2]
    return gone, came
