"""Leaderboards, ranked anew from the ledger's sums: all of them by one statement.

It reads and sorts for as long as that takes, and then writes the places that are others than
before. So whoever reads sees all boards as they were or all as they are, and the log, which waits
for the oldest transaction that has written something, waits for the writing alone.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from reputation.periods import AGAIN, ENDING, NEW_FOR, Area, Period, before, begin, day_of
from reputation.services.booking.applying import CAP, IS_CAPPED

TOP = 100
# What is kept of those that are over.
KEPT = 10
_ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtext('reputation.ranking'))"

# What holds on an idea, by the day on which it was given. Entries come to the same, with a line for
# everything that was taken back; forum and spam in it belong to no idea.
_HELD = f"""
    held AS (
        SELECT ground.member_id, thing_id AS idea_id, (since AT TIME ZONE 'UTC')::date AS day,
               points, {IS_CAPPED} AS is_capped
        FROM reputation_ground ground WHERE holds AND thing = 'idea'
        UNION ALL
        SELECT ground.member_id, remark.idea_id, (since AT TIME ZONE 'UTC')::date, points,
               {IS_CAPPED}
        FROM reputation_ground ground JOIN reputation_remark remark
            ON remark.comment_id = ground.thing_id
        WHERE holds AND thing = 'comment'
    ), by_idea AS (
        SELECT member_id, idea_id, day,
               coalesce(sum(points) FILTER (WHERE is_capped), 0) AS capped,
               coalesce(sum(points) FILTER (WHERE NOT is_capped), 0) AS free
        FROM held GROUP BY member_id, idea_id, day
    )
"""
# The cap holds for each part of the site alone: a day there never counts more than it does in all.
_EARNED = f"""
    by_area AS (
        SELECT area, area_id, member_id, day, sum(capped)::bigint AS capped,
               sum(free)::bigint AS free
        FROM by_idea JOIN reputation_place place USING (idea_id)
        CROSS JOIN LATERAL (
            SELECT '{Area.BOARD}', place.board_id
            UNION ALL SELECT '{Area.TAG}', unnest(place.tag_ids)
        ) AS part (area, area_id)
        GROUP BY area, area_id, member_id, day
    ), cap AS (
        SELECT day, {CAP.format(day="day")} AS cap FROM (SELECT DISTINCT day FROM by_area) AS days
    ), earned AS (
        SELECT area, area_id, member_id, day, least(capped, cap) + free AS points
        FROM by_area JOIN cap USING (day)
        UNION ALL
        SELECT '{Area.SITE}', 0, member_id, day, points FROM reputation_day
    )
"""
_SUMS = f"""
    sums AS (
        SELECT area, area_id, member_id,
               sum(points) FILTER (WHERE day >= %(week)s) AS week,
               sum(points) FILTER (WHERE day >= %(month)s) AS month,
               sum(points) FILTER (WHERE day >= %(year)s) AS year,
               sum(points) AS ever
        FROM earned GROUP BY area, area_id, member_id
    ), counted AS (
        SELECT area, area_id, period, starts_on, member_id, points, {TOP} AS most
        FROM sums JOIN community_member member ON member.id = member_id AND member.is_active
        CROSS JOIN LATERAL (VALUES
            ('{Period.WEEK}', %(week)s::date, week),
            ('{Period.MONTH}', %(month)s, month),
            ('{Period.YEAR}', %(year)s, year),
            ('{Period.EVER}', NULL, ever),
            ('{Period.NEWCOMERS}', NULL, CASE WHEN date_joined >= %(new_since)s THEN ever END)
        ) AS one (period, starts_on, points)
        WHERE points > 0
        {{over}}
    )
"""
_OVER = """
    UNION ALL
    SELECT 'site', 0, '{period}', date_trunc('{period}', day::timestamp)::date, member_id,
           sum(points), {kept}
    FROM reputation_day JOIN community_member member ON member.id = member_id AND member.is_active
    WHERE day >= %(first_{period})s AND day < %({period})s
    GROUP BY 4, 5 HAVING sum(points) > 0
"""
# Among equals, who has been here longer is named first.
_RANKED = """
    ranked AS (
        SELECT area, area_id, period, starts_on, member_id, points, rank, position, members, total
        FROM (
            SELECT counted.*, rank() OVER by_points AS rank,
                   row_number() OVER (of_board ORDER BY points DESC, member_id) AS position,
                   count(*) OVER of_board AS members, sum(points) OVER of_board AS total
            FROM counted
            WINDOW of_board AS (PARTITION BY area, area_id, period, starts_on),
                   by_points AS (of_board ORDER BY points DESC)
        ) AS every WHERE position <= most
    )
"""
_WRITE = """
    board AS (
        INSERT INTO reputation_leaderboard AS known
            (area, area_id, period, starts_on, members, points, ranked_at)
        SELECT area, area_id, period, starts_on, min(members), min(total), %(now)s
        FROM ranked GROUP BY area, area_id, period, starts_on
        ON CONFLICT (area, period, area_id, starts_on) DO UPDATE
        SET members = excluded.members, points = excluded.points, ranked_at = excluded.ranked_at
        RETURNING new.id, new.area, new.area_id, new.period, new.starts_on
    ), place AS (
        SELECT board.id AS leaderboard_id, ranked.position, ranked.rank, ranked.member_id,
               ranked.points
        FROM ranked JOIN board ON (board.area, board.area_id, board.period)
            = (ranked.area, ranked.area_id, ranked.period)
            AND board.starts_on IS NOT DISTINCT FROM ranked.starts_on
    ), freed AS (
        DELETE FROM reputation_leader known USING (
            SELECT leaderboard_id, max(position) AS last FROM place GROUP BY leaderboard_id
        ) AS kept
        WHERE known.leaderboard_id = kept.leaderboard_id AND known.position > kept.last
    ), written AS (
        INSERT INTO reputation_leader AS known (leaderboard_id, position, rank, member_id, points)
        SELECT leaderboard_id, position, rank, member_id, points FROM place
        ON CONFLICT (leaderboard_id, position) DO UPDATE
        SET rank = excluded.rank, member_id = excluded.member_id, points = excluded.points
        WHERE (known.rank, known.member_id, known.points)
              <> (excluded.rank, excluded.member_id, excluded.points)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM board), (SELECT count(*) FROM written)
"""
RANK = "WITH {}".format(
    ",".join(
        [
            _HELD, _EARNED,
            _SUMS.format(
                over="".join(_OVER.format(period=str(one), kept=KEPT) for one in ENDING)
            ),
            _RANKED, _WRITE,
        ]
    )
)  # fmt: skip
# Whatever the run did not write is empty now, or of a time that is over: only that of the whole
# site is kept, but not where nobody is left on it.
_SWEEP = f"""
    WITH gone AS (
        SELECT id FROM reputation_leaderboard
        WHERE ranked_at <> %(now)s AND NOT (area = '{Area.SITE}' AND starts_on IS NOT NULL
            AND starts_on < CASE period {
    "".join(f"WHEN '{one}' THEN %(first_{one})s::date " for one in ENDING)
} END)
    ), leaders AS (
        DELETE FROM reputation_leader WHERE leaderboard_id IN (SELECT id FROM gone)
    )
    DELETE FROM reputation_leaderboard WHERE id IN (SELECT id FROM gone)
"""


@dataclass(frozen=True)
class Ranked:
    """How many leaderboards there are, and how many places on them changed."""

    boards: int
    changed: int


@transaction.atomic
def rank() -> Ranked | None:
    """Write all leaderboards anew; None when another run is at it, which does the same."""
    now = timezone.now()
    today = day_of(now)
    values: dict[str, Any] = {"now": now, "new_since": now - timedelta(days=NEW_FOR)}
    for period in ENDING:
        first = begin(period, today)
        assert first is not None
        values[str(period)] = first
        values[f"first_{period}"] = before(period, first, AGAIN[period])
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(RANK, values)
        boards, changed = cursor.fetchone()
        cursor.execute(_SWEEP, values)
    return Ranked(boards, changed)
