"""The log drained by one subscriber, against the statement that would do the same at once.

The ledger of reputation is to come: this subscriber stands for it, and only the delivery is
measured. Prints seconds as JSON.
"""

import json
import sys
import time
from collections.abc import Sequence
from typing import Any

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
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS fact
        (event_id bigint, idea_id bigint, author_id bigint, member_id bigint,
         occurred_at timestamptz)
"""


def main() -> None:
    django.setup()
    from activity import delivery, registry  # noqa: PLC0415  # after setup
    from activity.models import Bookmark  # noqa: PLC0415
    from ideas.events import SupportGiven  # noqa: PLC0415

    # Alone: the site's own subscribers have other work to do.
    registry._SUBSCRIBERS.clear()
    registry.subscribe(SupportGiven)(book)
    [listener] = registry.subscribers()
    bare, booked = _seconds_of_one_statement(), _booked()
    Bookmark.objects.filter(pk=listener.name).delete()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bench_ledger")
    began = time.perf_counter()
    handed = delivery.drain()
    drained = time.perf_counter() - began
    assert handed == _booked() == booked, (handed, _booked(), booked)
    json.dump({"bare": bare, "drained": drained, "events": handed}, sys.stdout)


def book(batch: Sequence[Any]) -> None:
    """One row for each event, by one statement."""
    facts = [{"event_id": e.id, "occurred_at": e.when.isoformat(), **e.payload()} for e in batch]
    with connection.cursor() as cursor:
        cursor.execute(A_BATCH, [json.dumps(facts)])


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
