"""Reminders at 50, 90 and 100 percent of the time, each once."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from activity.services import record_all
from ideas.events import PromiseEscalated

AT_ONCE = 500

# Claims, notes and sets the next moment in one statement. Who holds a promise (an answer, another
# worker) is passed over: what is then still due is found a minute later. Ideas are not touched, so
# that whoever locks an idea first and its promises then never waits for us in a circle.
_ESCALATE = """
    WITH due AS (
        SELECT id FROM ideas_promise WHERE escalate_at <= %(now)s
        ORDER BY escalate_at, id LIMIT %(limit)s FOR NO KEY UPDATE SKIP LOCKED
    ), moved AS (
        UPDATE ideas_promise promise
        SET escalate_at = CASE WHEN half_at > %(now)s THEN half_at
                               WHEN near_at > %(now)s THEN near_at
                               WHEN due_at > %(now)s THEN due_at END
        FROM due WHERE due.id = promise.id
        RETURNING promise.id, owed_on_id, half_at, near_at, due_at
    ), told AS (
        INSERT INTO ideas_escalation (promise_id, percent, due_at, happened_at)
        SELECT moved.id, level.percent, moved.due_at, %(now)s
        FROM moved CROSS JOIN LATERAL
            (VALUES (50, half_at), (90, near_at), (100, due_at)) level (percent, moment)
        WHERE level.moment <= %(now)s
        ON CONFLICT (promise_id, percent) DO NOTHING
        RETURNING promise_id, percent
    )
    SELECT moved.id, owed_on_id, percent
    FROM moved LEFT JOIN told ON told.promise_id = moved.id ORDER BY 1, 3
"""


def escalate(*, now: datetime | None = None) -> int:
    """Remind of every promise whose next moment has come; returns how many reminders that were."""
    now = now or timezone.now()
    reminders = 0
    while claimed := _escalate_some(now):
        reminders += sum(percent is not None for _pk, _idea, percent in claimed)
    return reminders


@transaction.atomic
def _escalate_some(now: datetime) -> list[tuple[int, int, int | None]]:
    with connection.cursor() as cursor:
        cursor.execute(_ESCALATE, {"now": now, "limit": AT_ONCE})
        claimed: list[tuple[int, int, int | None]] = cursor.fetchall()
    facts = [
        PromiseEscalated(promise_id=pk, idea_id=idea, percent=percent)
        for pk, idea, percent in claimed
        if percent is not None
    ]
    record_all(facts, actor=None)
    return claimed
