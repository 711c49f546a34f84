"""The log drained into the ledger, against the bare statement that writes as many entries.

The bare one knows nothing of grounds, rules, caps or standing: it only puts rows into a table of
the ledger's shape and with its indexes. Then the sums are verified, against one bare sum, and
members are ranked, against the bare sums of days, boards and tags. Prints seconds as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django
from django.db import connection, transaction

SUBSCRIBER = "reputation.keep_the_ledger"
TABLES = ("entry", "ground", "day", "share", "circumstance")
BARE = """
    INSERT INTO bench_ledger (ground_id, member_id, actor_id, kind, cause, thing, thing_id, points,
                              book_id, event, occurred_at, counts_on)
    SELECT id, (payload->>'author_id')::bigint, (payload->>'member_id')::bigint, 'supported',
           'earned', 'idea', (payload->>'idea_id')::bigint, 10, 1, id, occurred_at,
           (occurred_at AT TIME ZONE 'UTC')::date
    FROM activity_eventrecord WHERE kind = 'ideas.support_given' ORDER BY transaction_id, id
"""
SUM = "SELECT member_id, counts_on, sum(points) FROM reputation_entry GROUP BY member_id, counts_on"

HELD = """
    SELECT ground.member_id, (since AT TIME ZONE 'UTC')::date, {area}, sum(points)
    FROM reputation_ground ground JOIN reputation_place place ON place.idea_id = thing_id
    {more} WHERE holds AND thing = 'idea' GROUP BY 1, 2, 3
"""
GROUPED = (
    "SELECT member_id, sum(points) FROM reputation_day GROUP BY member_id",
    HELD.format(area="board_id", more=""),
    HELD.format(area="tag", more="CROSS JOIN unnest(tag_ids) AS tag"),
)


def main() -> None:
    django.setup()
    from activity import delivery, registry  # noqa: PLC0415  # after setup
    from reputation.services import verify  # noqa: PLC0415

    # Alone: the site's other subscribers have other work to do.
    alone = registry.subscriber(SUBSCRIBER)
    registry._SUBSCRIBERS.clear()
    registry._SUBSCRIBERS[SUBSCRIBER] = alone
    _run("DROP TABLE IF EXISTS bench_ledger")
    _run("CREATE TABLE bench_ledger (LIKE reputation_entry INCLUDING ALL)")
    bare = _seconds(lambda: _run(BARE))
    _empty()
    drained = _seconds(delivery.drain)
    summed = _seconds(lambda: _run(SUM))
    done: list[Any] = []
    verified = _seconds(lambda: done.append(verify(from_log=False, progress=lambda _count: None)))
    assert done[0].is_sound, done[0].found
    took = {"bare": bare, "drained": drained, "summed": summed, "verified": verified} | _ranked()
    rows = {
        "events": _count("bench_ledger"),
        "entries": _count("reputation_entry"),
        "boards": _count("reputation_leaderboard"),
        "places": _count("reputation_leader"),
    }
    _run("DROP TABLE bench_ledger")
    json.dump(took | rows, sys.stdout)


def _ranked() -> dict[str, float]:
    """Leaderboards written from nothing, after the sums that they need."""
    from reputation.services import rank  # noqa: PLC0415  # after setup

    grouped = sum(_seconds(partial(_run, statement)) for statement in GROUPED)
    _run("TRUNCATE reputation_leader, reputation_leaderboard")
    return {"grouped": grouped, "ranked": _seconds(rank)}


def _empty() -> None:
    """A ledger that has read nothing yet. Its own triggers would refuse that."""
    for name in TABLES:
        _run(f"ALTER TABLE reputation_{name} DISABLE TRIGGER USER")
    _run(f"TRUNCATE {', '.join(f'reputation_{name}' for name in TABLES)}")
    for name in TABLES:
        _run(f"ALTER TABLE reputation_{name} ENABLE TRIGGER USER")
    _run("UPDATE community_member SET standing = 0 WHERE standing <> 0")
    _run(f"DELETE FROM activity_bookmark WHERE subscriber = '{SUBSCRIBER}'")


def _run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _seconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
