"""Turns become grounds, entries and days: two statements for a window of the log, as a rule."""

from collections import Counter
from typing import Any

from django.db import connection

from activity.registry import Window
from reputation.kinds import CAPPED, Kind
from reputation.services.booking import parts, turns

# A ground's own turns come one after the other: `nth` of them in its round.
_COLLECT = """
    CREATE TEMPORARY TABLE reputation_turn ON COMMIT DROP AS
    WITH RECURSIVE {tables}, book AS (
        SELECT version, holds_from,
               coalesce(lead(holds_from) OVER (ORDER BY holds_from), 'infinity') AS holds_until
        FROM reputation_rulebook
    )
    SELECT turn.*, book.version AS book_id, coalesce(rule.points, 0) AS points,
           place.hidden_stamp AS hidden_before,
           row_number() OVER (
               PARTITION BY turn.thing_id, turn.actor_id, turn.kind, turn.thing
               ORDER BY turn.event, turn.facet
           ) AS nth
    FROM turn
    LEFT JOIN book ON turn.at >= book.holds_from AND turn.at < book.holds_until
    LEFT JOIN reputation_rule rule ON rule.book_id = book.version AND rule.kind = turn.kind
    LEFT JOIN reputation_circumstance place
        ON place.thing_id = turn.thing_id AND place.thing = turn.thing AND turn.kind <> 'spam'
"""
_TOUCHED = """
    touched AS (
        SELECT kind, member_id, actor_id, thing, thing_id FROM own
        UNION
        SELECT ground.kind, ground.member_id, ground.actor_id, ground.thing, ground.thing_id
        FROM reputation_ground ground JOIN hides USING (thing_id, thing)
    )
"""
_KEEP_HIDDEN = f"""
    WITH hides AS ({turns.HIDES})
    INSERT INTO reputation_circumstance AS known (thing, thing_id, hidden_stamp)
    SELECT thing, thing_id, max(event * 2 + sets) FROM hides GROUP BY thing, thing_id
    ON CONFLICT (thing_id, thing) DO UPDATE
    SET hidden_stamp = greatest(known.hidden_stamp, excluded.hidden_stamp)
"""

_BEGINS = "ground.given_stamp & 1 = 0 AND excluded.given_stamp > ground.given_stamp"
IS_CAPPED = f"kind IN ({', '.join(f"'{kind}'" for kind in sorted(CAPPED))})"
CAP = """(
    SELECT daily_cap FROM reputation_rulebook
    WHERE holds_from <= ({day}::timestamp AT TIME ZONE 'UTC') ORDER BY holds_from DESC LIMIT 1
)"""
# The days of some rows of points, and what that changed in each member's standing.
DAYS = f"""
    INSERT INTO reputation_day AS day (member_id, day, capped, free, points)
    SELECT member_id, counts_on, capped, free, least(capped, {CAP.format(day="counts_on")}) + free
    FROM (
        SELECT member_id, counts_on,
               coalesce(sum(points) FILTER (WHERE {IS_CAPPED}), 0) AS capped,
               coalesce(sum(points) FILTER (WHERE NOT {IS_CAPPED}), 0) AS free
        FROM booked GROUP BY member_id, counts_on
    ) AS sums
    ON CONFLICT (member_id, day) DO UPDATE
    SET capped = day.capped + excluded.capped, free = day.free + excluded.free,
        points = least(day.capped + excluded.capped, {CAP.format(day="excluded.day")})
                 + day.free + excluded.free
    RETURNING new.member_id, new.points - coalesce(old.points, 0) AS more
"""
# Whose badges this may change: an idea's author has one for how many others had a part in it.
_DUE = f"""
    INSERT INTO reputation_badgedue (member_id)
    SELECT member_id FROM turned WHERE held <> holds
    UNION
    SELECT author.member_id FROM turned CROSS JOIN LATERAL (
        SELECT member_id FROM reputation_ground
        WHERE thing_id = turned.thing_id AND actor_id = 0
          AND kind = '{Kind.SHIPPED}' AND thing = turned.thing LIMIT 1
    ) AS author
    WHERE turned.kind = '{Kind.CREDITED}' AND turned.held <> turned.holds
"""
_APPLY = f"""
    WITH turned AS (
        INSERT INTO reputation_ground AS ground (
            kind, member_id, actor_id, thing, thing_id,
            given_stamp, voided_stamp, reversed_stamp, hidden_stamp, since, points, book_id
        )
        SELECT kind, member_id, actor_id, thing, thing_id,
               CASE WHEN facet = 'given' THEN event * 2 + sets ELSE 0 END,
               CASE WHEN facet = 'voided' THEN event * 2 + sets END,
               CASE WHEN facet = 'reversed' THEN event * 2 + sets END,
               CASE WHEN facet = 'hidden' THEN event * 2 + sets ELSE hidden_before END,
               at, points, book_id
        FROM reputation_turn WHERE nth = %(nth)s
        ON CONFLICT (thing_id, actor_id, kind, thing) DO UPDATE
        SET given_stamp = greatest(ground.given_stamp, excluded.given_stamp),
            voided_stamp = greatest(ground.voided_stamp, excluded.voided_stamp),
            reversed_stamp = greatest(ground.reversed_stamp, excluded.reversed_stamp),
            hidden_stamp = greatest(ground.hidden_stamp, excluded.hidden_stamp),
            since = CASE WHEN {_BEGINS} THEN excluded.since ELSE ground.since END,
            points = CASE WHEN {_BEGINS} THEN excluded.points ELSE ground.points END,
            book_id = CASE WHEN {_BEGINS} THEN excluded.book_id ELSE ground.book_id END
        RETURNING new.id, new.kind, new.member_id, new.actor_id, new.thing, new.thing_id,
                  new.points, new.book_id, (new.since AT TIME ZONE 'UTC')::date AS counts_on,
                  coalesce(old.holds, false) AS held, new.holds
    ), booked AS (
        INSERT INTO reputation_entry (
            ground_id, member_id, actor_id, kind, cause, thing, thing_id, points, book_id,
            reverses_id, batch, event, occurred_at, counts_on
        )
        SELECT turned.id, turned.member_id, turned.actor_id, turned.kind, turn.cause,
               turned.thing, turned.thing_id,
               CASE WHEN turned.holds THEN turned.points ELSE -turned.points END,
               turned.book_id, live.id, turn.batch, turn.event, turn.at, turned.counts_on
        FROM turned JOIN reputation_turn turn
            ON turn.nth = %(nth)s AND turn.thing_id = turned.thing_id
            AND turn.actor_id = turned.actor_id AND turn.kind = turned.kind
            AND turn.thing = turned.thing
        LEFT JOIN LATERAL (
            SELECT id FROM reputation_entry
            WHERE turned.held AND ground_id = turned.id ORDER BY id DESC LIMIT 1
        ) AS live ON true
        WHERE turned.held <> turned.holds AND turned.points <> 0
        RETURNING member_id, kind, points, counts_on
    ), days AS ({DAYS}), due AS ({_DUE})
    SELECT member_id, sum(more) FROM days GROUP BY member_id HAVING sum(more) <> 0
"""


def apply(window: Window) -> Counter[int]:
    """Book what the window's events turn; returns how much each member's standing changes."""
    changes: Counter[int] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_collect(window), window.values)
        cursor.execute("SELECT coalesce(max(nth), 0) FROM reputation_turn")
        for nth in range(1, cursor.fetchone()[0] + 1):
            cursor.execute(_APPLY, {"nth": nth})
            changes.update(dict(cursor.fetchall()))
        cursor.execute("DROP TABLE reputation_turn")
        for statement in _kept(window):
            cursor.execute(statement.format(where=window.where), window.values)
    return changes


def _collect(window: Window) -> str:
    """The statement for just those rules that the window's events concern."""
    rules, tables = turns.rules_about(window.found), ""
    if _concerns(window, parts.EVENTS):
        rules, tables = [*rules, parts.TURNS], f"{parts.TABLES}, "
    columns = "event, at, kind, member_id, actor_id, thing, thing_id, facet, sets, cause, batch"
    tables += f"own ({columns}) AS ({' UNION ALL '.join(rules)})"
    if _concerns(window, turns.HIDING):
        tables += f", hides AS ({turns.HIDES}), {_TOUCHED}, turn AS ("
        tables += f"SELECT * FROM own UNION ALL {turns.HIDDEN_TURNS})"
    else:
        tables += ", turn AS (SELECT * FROM own)"
    return _COLLECT.format(tables=tables.format(where=window.where))


def _kept(window: Window) -> list[str]:
    """What has to be remembered of things, beyond their grounds."""
    about = {
        _KEEP_HIDDEN: turns.HIDING,
        parts.KEEP_CLAIMS: parts.CLAIMING,
        parts.KEEP_SHIPPED: parts.SHIPPING,
    }
    return [statement for statement, events in about.items() if _concerns(window, events)]


def _concerns(window: Window, events: Any) -> bool:
    return bool(window.found & {event.kind for event in events})
