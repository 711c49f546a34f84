"""Handing the log to its subscribers: in batches, in order, exactly once.

No subscriber waits for another, and an event that one cannot take is parked for it alone.
"""

import logging
import traceback
from collections.abc import Collection, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.utils import timezone

from activity.events import Event, class_of
from activity.models import Bookmark, EventRecord, ParkedEvent
from activity.registry import Place, Subscriber, Window, subscriber, subscribers

log = logging.getLogger(__name__)

BATCH = 500
# Of a subscriber in bulk: many statements' worth, and still a transaction of a second or two.
WINDOW = 25_000


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
    take = _take_window if listener.bulky else _take_rows
    count, more = take(listener, bookmark, end)
    if not more and upto is None and end > bookmark.transaction_id:
        # Nothing more is waiting: step over what is not for this subscriber, too.
        bookmark.transaction_id, bookmark.event_id = end, 0
    bookmark.save(update_fields=["transaction_id", "event_id", "moved_at"])
    return count, more


def _take_rows(listener: Subscriber, bookmark: Bookmark, end: int) -> tuple[int, bool]:
    rows = _rows_after(bookmark, end, listener)
    _deliver(listener, rows)
    if rows:
        bookmark.transaction_id, bookmark.event_id = rows[-1].transaction_id, rows[-1].pk
    return len(rows), len(rows) == BATCH


def _take_window(listener: Subscriber, bookmark: Bookmark, end: int) -> tuple[int, bool]:
    place = (bookmark.transaction_id, bookmark.event_id)
    window = stretch(listener.kinds, place, (end, 0), WINDOW)
    _deliver_window(listener, window)
    bookmark.transaction_id, bookmark.event_id = window.upto
    return window.count, window.count == WINDOW


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


# Both ends of a stretch of at most so many events of some kinds, and which kinds these are.
_STRETCH = """
    WITH stretch AS (
        SELECT log.transaction_id, log.id, log.kind FROM activity_eventrecord log
        WHERE (log.transaction_id, log.id) > (%s, %s)
          AND (log.transaction_id, log.id) < (%s, %s)
          AND log.kind = ANY(%s)
        ORDER BY log.transaction_id, log.id LIMIT %s
    ), last AS (
        SELECT transaction_id, id FROM stretch ORDER BY transaction_id DESC, id DESC LIMIT 1
    )
    SELECT (SELECT transaction_id FROM last), (SELECT id FROM last), count(*),
           array_agg(DISTINCT kind) FROM stretch
"""


def stretch(kinds: Collection[str], after: Place, before: Place, most: int) -> Window:
    """The next events of some kinds between two places, as a window; it may be empty."""
    with connection.cursor() as cursor:
        cursor.execute(_STRETCH, [*after, *before, sorted(kinds), most])
        last_transaction, last_event, count, kinds = cursor.fetchone()
    if not count:
        return Window(after, after, 0, frozenset())
    return Window(after, (last_transaction, last_event), count, frozenset(kinds))


def _deliver_window(listener: Subscriber, window: Window) -> None:
    """Whole; or in halves, until what fails is alone."""
    if not window.count or listener.bulky is None:
        return
    try:
        with transaction.atomic():
            listener.bulky(window)
    except Exception:
        if window.count > 1:
            log.exception("%s failed on a window of %d; halving.", listener.name, window.count)
            for half in halves(listener.kinds, window):
                _deliver_window(listener, half)
        else:
            log.exception("%s parks event %d.", listener.name, window.upto[1])
            _park(listener.name, EventRecord(pk=window.upto[1]))


def halves(kinds: Collection[str], window: Window) -> Iterator[Window]:
    """What a window that failed is tried again as, one after the other."""
    behind = (window.upto[0], window.upto[1] + 1)
    first = stretch(kinds, window.after, behind, window.count // 2)
    yield first
    yield stretch(kinds, first.upto, behind, window.count)


def _hand_over_alone(listener: Subscriber, row: EventRecord) -> None:
    if listener.bulky is None:
        listener.handle([_event(row)])
        return
    place = (row.transaction_id, row.pk)
    listener.bulky(Window((place[0], place[1] - 1), place, 1, frozenset({row.kind})))


def _event(row: EventRecord) -> Event:
    return class_of(row.kind).from_row(
        row.payload, event_id=row.pk, actor_id=row.actor_id, occurred_at=row.occurred_at
    )


def retry(parked: ParkedEvent) -> bool:
    """Try a parked event once more; mark it replayed, or keep it with the newest error."""
    try:
        with transaction.atomic():
            _hand_over_alone(subscriber(parked.subscriber), parked.event)
            parked.replayed_at = timezone.now()
            parked.save(update_fields=["replayed_at"])
    except Exception:
        ParkedEvent.objects.filter(pk=parked.pk).update(
            attempts=F("attempts") + 1, error=traceback.format_exc(limit=-12), replayed_at=None
        )
        return False
    return True
