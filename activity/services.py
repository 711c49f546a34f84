"""Writing to the log, asking for delivery, and replaying."""

import json
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import connection, models, transaction
from django.utils import timezone

from activity import delivery
from activity.events import Event
from activity.models import Bookmark, EventRecord, ParkedEvent, WakeUp

log = logging.getLogger(__name__)

# A wake-up that nobody answered is taken for lost after this long.
WAKE_UP_LASTS = timedelta(seconds=15)


def record(
    event: Event, *, actor: models.Model | None, occurred_at: datetime | None = None
) -> None:
    """Record a fact in the transaction that made it true; delivery is asked for on commit.

    Raises TransactionManagementError outside a transaction: a fact without its deed is a lie.
    """
    record_all([event], actor=actor, occurred_at=occurred_at)


def record_all(
    events: Sequence[Event], *, actor: models.Model | None, occurred_at: datetime | None = None
) -> None:
    """Record many facts with one statement. See `record`."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Facts are recorded with their deeds.")
    if not events:
        return
    values: dict[str, Any] = {
        "kinds": [event.kind for event in events],
        "payloads": [json.dumps(event.payload()) for event in events],
        "actor": actor.pk if actor else None,
        "at": occurred_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, values)
    transaction.on_commit(wake, robust=True)


# By hand, because a vote or a comment does little else: this text is there already.
_RECORD = """
    INSERT INTO activity_eventrecord (kind, payload, actor_id, occurred_at)
    SELECT kind, payload, %(actor)s::bigint,
           coalesce(%(at)s::timestamptz, statement_timestamp())
    FROM unnest(%(kinds)s::text[], %(payloads)s::jsonb[]) AS event (kind, payload)
"""
_WAKE = """
    UPDATE activity_wakeup SET asked_at = %(now)s
    WHERE asked_at IS NULL OR asked_at < %(lost)s
"""


def wake() -> None:
    """Ask a worker to deliver, unless one has been asked already.

    A broker that is down only delays: the periodic sweep finds what was left.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_WAKE, {"now": now, "lost": now - WAKE_UP_LASTS})
        if not cursor.rowcount:
            return
    try:
        # By name, because tasks stand above services on the ladder.
        current_app.send_task("activity.tasks.deliver")
    except Exception as error:  # kombu lets each transport's own errors through
        WakeUp.objects.update(asked_at=None)
        log.warning("The broker did not take a wake-up (%s); the sweep will deliver.", error)


def answer_wake_up() -> None:
    """Let the next fact ask again: what is recorded from here on may be missed by this round."""
    WakeUp.objects.filter(asked_at__isnull=False).update(asked_at=None)


def replay_parked(*, parked: ParkedEvent) -> bool:
    """Hand a parked event to its subscriber again. True when it was taken."""
    return delivery.retry(parked)


@transaction.atomic
def replay_from(*, subscriber: str, event_id: int) -> None:
    """Let a subscriber read the log again from an event on. Its effects must be keyed."""
    row = EventRecord.objects.filter(pk__gte=event_id).order_by("transaction_id", "id").first()
    bookmark = Bookmark.objects.select_for_update().get(pk=subscriber)
    if row is not None:
        bookmark.transaction_id, bookmark.event_id = row.transaction_id, row.pk - 1
        bookmark.save(update_fields=["transaction_id", "event_id", "moved_at"])
    transaction.on_commit(wake, robust=True)
