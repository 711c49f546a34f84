"""The rule of each badge, as a SELECT: whose it is, for what, and when it was earned.

All read the same few tables, which hold what is true now of some members. A rule asks for nothing
of before, so what somebody has follows from their grounds alone, however these came about.
"""

from reputation.kinds import Kind, Thing

# Days in a row that may pass between the first and the last of seven.
FORTNIGHT = 14
# How long somebody is new, and helped as a newcomer.
WEEK = "interval '7 days'"
SUPPORTS = (10, 50, 200)


def _once(source: str, where: str) -> str:
    """A badge that is had once: nothing more is said of what it is for."""
    return f"SELECT member_id, ''::text, 0::bigint, since FROM {source} WHERE {where}"


def _each(source: str, where: str) -> str:
    """A badge for each thing anew."""
    return f"SELECT member_id, thing, thing_id, since FROM {source} WHERE {where}"


def _nth(kind: Kind, number: int) -> str:
    """So many grounds of a kind."""
    return _once("held", f"kind = '{kind}' AND nth_of_kind = {number}")


def _part(source: str) -> str:
    """A part in a shipped idea of somebody else, for one reason among others."""
    return _each(
        "held",
        f"""kind = '{Kind.CREDITED}' AND EXISTS (
            SELECT FROM reputation_share share
            WHERE share.idea_id = held.thing_id AND share.member_id = held.member_id
              AND share.source = '{source}' AND share.stamp & 1 = 1
        )""",
    )


# What is true of the members that are looked at. The two sorts of numbers are places in time.
TABLES = f"""
    held AS MATERIALIZED (
        SELECT member_id, kind, actor_id, thing, thing_id, since,
               row_number() OVER (
                   PARTITION BY member_id, kind ORDER BY since, thing_id, actor_id, thing
               ) AS nth_of_kind,
               row_number() OVER (
                   PARTITION BY member_id, kind, thing, thing_id ORDER BY since, actor_id
               ) AS nth_of_thing
        FROM reputation_ground
        WHERE member_id = ANY(%(members)s) AND holds
          AND kind NOT IN ('{Kind.SUPPORTED}', '{Kind.SPAM}')
    ), supported AS MATERIALIZED (
        SELECT * FROM (
            SELECT member_id, thing, thing_id, since, row_number() OVER (
                PARTITION BY member_id, thing_id ORDER BY since, actor_id
            ) AS nth
            FROM reputation_ground
            WHERE member_id = ANY(%(members)s) AND holds AND kind = '{Kind.SUPPORTED}'
        ) AS votes WHERE nth IN {SUPPORTS}
    ), helped AS MATERIALIZED (
        SELECT member_id, actor_id, thing, since FROM held
        WHERE kind IN ('{Kind.HELPFUL}', '{Kind.ANSWERED}')
    ), welcomed AS MATERIALIZED (
        SELECT member_id, since, row_number() OVER (
            PARTITION BY member_id ORDER BY since, actor_id
        ) AS nth
        FROM (
            SELECT helped.member_id, helped.actor_id, min(helped.since) AS since
            FROM helped JOIN community_member newcomer ON newcomer.id = helped.actor_id
            WHERE helped.since < newcomer.date_joined + {WEEK}
            GROUP BY helped.member_id, helped.actor_id
        ) AS newcomers
    ), solved AS MATERIALIZED (
        SELECT held.member_id, held.kind, held.thing, held.thing_id,
               greatest(held.since, too.since) AS since,
               row_number() OVER (
                   PARTITION BY held.member_id, held.kind, held.thing_id
                   ORDER BY too.since, too.member_id
               ) AS nth
        FROM held JOIN reputation_solvedfor too
            ON too.reply_id = held.thing_id AND too.stamp & 1 = 1
            AND too.member_id NOT IN (held.member_id, held.actor_id)
        WHERE held.thing = '{Thing.REPLY}' AND held.kind IN ('{Kind.ANSWERED}', '{Kind.ACCEPTED}')
    ), days AS MATERIALIZED (
        SELECT member_id, day, since,
               lag(day, 6) OVER (PARTITION BY member_id ORDER BY day) AS first
        FROM (
            SELECT member_id, (since AT TIME ZONE 'UTC')::date AS day, min(since) AS since
            FROM helped GROUP BY member_id, day
        ) AS days
    ), months AS MATERIALIZED (
        SELECT member_id, min(since) AS since, row_number() OVER (
            PARTITION BY member_id ORDER BY min(since)
        ) AS nth
        FROM helped GROUP BY member_id, date_trunc('month', since AT TIME ZONE 'UTC')
    )
"""
_STREAK = f"""
    SELECT member_id, ''::text, 0::bigint, min(since) FROM days
    WHERE day - first < {FORTNIGHT} GROUP BY member_id
"""
_BOTH = f"""
    SELECT member_id, ''::text, 0::bigint, max(since) FROM (
        SELECT member_id, since, row_number() OVER (
            PARTITION BY member_id, thing ORDER BY since, thing_id, actor_id
        ) AS nth
        FROM held WHERE kind = '{Kind.HELPFUL}'
    ) AS fifths WHERE nth = 5 GROUP BY member_id HAVING count(*) = 2
"""
_ALL_THREE = f"""
    SELECT member_id, ''::text, 0::bigint, max(since) FROM held
    WHERE kind IN ('{Kind.PLANNED}', '{Kind.ANSWERED}', '{Kind.BUILT_ON}') AND nth_of_kind = 1
    GROUP BY member_id HAVING count(*) = 3
"""
# Those who are paid for a part in an idea are never its author.
_CROWD = f"""
    SELECT held.member_id, held.thing, held.thing_id, greatest(held.since, third.since)
    FROM held CROSS JOIN LATERAL (
        SELECT part.since FROM reputation_ground part
        WHERE part.thing_id = held.thing_id AND part.thing = held.thing
          AND part.kind = '{Kind.CREDITED}' AND part.holds
        ORDER BY part.since, part.member_id OFFSET 2 LIMIT 1
    ) AS third
    WHERE held.kind = '{Kind.SHIPPED}'
"""

RULES = {
    "good-point": _nth(Kind.HELPFUL, 1),
    "first-aid": _nth(Kind.ANSWERED, 1),
    "loop-closed": _nth(Kind.ACCEPTED, 1),
    "spark": _each("supported", f"nth = {SUPPORTS[0]}"),
    "pencilled-in": _each("held", f"kind = '{Kind.PLANNED}'"),
    "building-block": _each("held", f"kind = '{Kind.BUILT_ON}'"),
    "on-board": _each("held", f"kind = '{Kind.CREDITED}'"),
    "open-door": _once("welcomed", "nth = 1"),
    "chorus": _each("supported", f"nth = {SUPPORTS[1]}"),
    "hat-trick": _nth(Kind.PLANNED, 3),
    "whole-wall": _nth(Kind.BUILT_ON, 5),
    "two-heads": _part("co_author"),
    "same-wavelength": _part("merge"),
    "worth-reading": _each("held", f"kind = '{Kind.HELPFUL}' AND nth_of_thing = 10"),
    "commuter": _BOTH,
    "helping-hand": _nth(Kind.ANSWERED, 10),
    "good-question": _each("solved", f"kind = '{Kind.ACCEPTED}' AND nth = 5"),
    "spare-key": _each("solved", f"kind = '{Kind.ANSWERED}' AND nth = 5"),
    "steady-hand": _STREAK,
    "hospitality": _once("welcomed", "nth = 5"),
    "all-rounder": _ALL_THREE,
    "made-real": _each("held", f"kind = '{Kind.SHIPPED}'"),
    "track-record": _nth(Kind.SHIPPED, 3),
    "many-hands": _CROWD,
    "five-bridges": _nth(Kind.CREDITED, 5),
    "groundswell": _each("supported", f"nth = {SUPPORTS[2]}"),
    "lighthouse": _nth(Kind.ANSWERED, 50),
    "master-key": _each("solved", f"kind = '{Kind.ANSWERED}' AND nth = 25"),
    "evergreen": _once("months", "nth = 12"),
    "heart-of-the-house": _once("welcomed", "nth = 25"),
}

_ALL = " UNION ALL ".join(
    f"SELECT '{slug}'::text, rule.* FROM ({rule}) AS rule" for slug, rule in RULES.items()
)
# All that these members have earned, as it is now.
EARNED = f"{TABLES}, earned (badge, member_id, thing, thing_id, earned_at) AS MATERIALIZED ({_ALL})"
