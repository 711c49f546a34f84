"""The log drained by one subscriber, against the statement that would do the same at once.

The ledger of reputation is to come: this subscriber stands for it, and only the delivery is
measured. Prints seconds as JSON.
"""

import json
import sys
import time
from collections.abc import Sequence

import django
from django.db import connection, transaction

ALL_AT_ONCE = """
    INSERT INTO bench_ledger (event_id, idea_id, author_id, member_id, occurred_at)
    SELECT id, (payload->>'idea_id')::bigint, (payload->>'author_id')::bigint,
           (payload->>'member_id')::bigint, occurred_at
    FROM activity_eventrecord WHERE kind = 'ideas.support_given' ORDER BY transaction_id, id
"""
A_BATCH = """
    INSERT INTO bench_ledger (event_id, idea_id, author_id, member_id, occurred_at)
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[])
"""


def main() -> None:
    django.setup()
    from activity import delivery, registry  # noqa: PLC0415  # after setup
    from activity.models import Bookmark  # noqa: PLC0415
    from ideas.events import SupportGiven  # noqa: PLC0415

    # Alone: the site's own subscribers have other work to do.
    registry._SUBSCRIBERS.clear()
    registry.subscribe(SupportGiven)(book)
    bare = _seconds_of_one_statement()
    Bookmark.objects.filter(subscriber__contains="draining").delete()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bench_ledger")
    began = time.perf_counter()
    handed = delivery.drain()
    drained = time.perf_counter() - began
    assert handed == _booked(), (handed, _booked())
    json.dump({"bare": bare, "drained": drained, "events": handed}, sys.stdout)


def book(batch: Sequence[object]) -> None:
    """One row for each event, by one statement."""
    rows = [(e.id, e.idea_id, e.author_id, e.member_id, e.when) for e in batch]  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(A_BATCH, [list(column) for column in zip(*rows, strict=True)])


def _seconds_of_one_statement() -> float:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bench_ledger")
        began = time.perf_counter()
        with transaction.atomic():
            cursor.execute(ALL_AT_ONCE)
        return time.perf_counter() - began


def _booked() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_ledger")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
