"""Handing the log to its subscribers: in batches, in order, exactly once.

No subscriber waits for another, and an event that one cannot take is parked for it alone.
"""

import logging
import traceback
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.utils import timezone

from activity.events import Event, class_of
from activity.models import Bookmark, EventRecord, ParkedEvent
from activity.registry import Subscriber, subscriber, subscribers

log = logging.getLogger(__name__)

BATCH = 500


def drain(*, upto: int | None = None) -> int:
    """Deliver what is waiting to every subscriber; returns how many events were handed over.

    `upto` is a transaction id to stop before. It is left out but in tests, which run inside one
    transaction and want to see their own events.
    """
    return sum(_drain_one(listener, upto) for listener in subscribers())


def _drain_one(listener: Subscriber, upto: int | None) -> int:
    Bookmark.objects.get_or_create(subscriber=listener.name)
    handed = 0
    while True:
        count, more = _hand_over_batch(listener, upto)
        handed += count
        if not more:
            return handed


@transaction.atomic
def _hand_over_batch(listener: Subscriber, upto: int | None) -> tuple[int, bool]:
    """One batch, with the bookmark in the same transaction. Another worker's turn is skipped."""
    bookmark = Bookmark.objects.select_for_update(skip_locked=True).filter(pk=listener.name).first()
    if bookmark is None:
        return 0, False
    end = _horizon() if upto is None else upto
    rows = _rows_after(bookmark, end, listener)
    _deliver(listener, rows)
    more = len(rows) == BATCH
    if rows:
        bookmark.transaction_id, bookmark.event_id = rows[-1].transaction_id, rows[-1].pk
    if not more and upto is None and end > bookmark.transaction_id:
        # Nothing more is waiting: step over what is not for this subscriber, too.
        bookmark.transaction_id, bookmark.event_id = end, 0
    bookmark.save(update_fields=["transaction_id", "event_id", "moved_at"])
    return len(rows), more


def _horizon() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def _rows_after(bookmark: Bookmark, end: int, listener: Subscriber) -> list[EventRecord]:
    behind = TupleGreaterThan(
        Tuple(F("transaction_id"), F("id")), (bookmark.transaction_id, bookmark.event_id)
    )
    rows = EventRecord.objects.filter(behind, kind__in=listener.kinds, transaction_id__lt=end)
    return list(rows.order_by("transaction_id", "id")[:BATCH])


def _deliver(listener: Subscriber, rows: Sequence[EventRecord]) -> None:
    if not rows:
        return
    try:
        with transaction.atomic():
            listener.handle([_event(row) for row in rows])
    except Exception:
        log.exception("%s failed on a batch of %d; trying one by one.", listener.name, len(rows))
        for row in rows:
            _deliver_alone(listener, row)


def _deliver_alone(listener: Subscriber, row: EventRecord) -> None:
    try:
        with transaction.atomic():
            listener.handle([_event(row)])
    except Exception:
        log.exception("%s parks event %d.", listener.name, row.pk)
        _park(listener.name, row)


def _park(name: str, row: EventRecord) -> None:
    ParkedEvent.objects.update_or_create(
        subscriber=name,
        event=row,
        defaults={"error": traceback.format_exc(limit=-12), "replayed_at": None},
    )


def _event(row: EventRecord) -> Event:
    return class_of(row.kind).from_row(
        row.payload, event_id=row.pk, actor_id=row.actor_id, occurred_at=row.occurred_at
    )


def retry(parked: ParkedEvent) -> bool:
    """Try a parked event once more; mark it replayed, or keep it with the newest error."""
    try:
        with transaction.atomic():
            subscriber(parked.subscriber).handle([_event(parked.event)])
            parked.replayed_at = timezone.now()
            parked.save(update_fields=["replayed_at"])
    except Exception:
        ParkedEvent.objects.filter(pk=parked.pk).update(
            attempts=F("attempts") + 1, error=traceback.format_exc(limit=-12), replayed_at=None
        )
        return False
    return True
