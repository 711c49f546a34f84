"""The log read from its beginning, into empty tables in front of the ledger's own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from activity import delivery
from activity.models import Bookmark
from activity.registry import Place, Window
from reputation.services.booking import HEARD
from reputation.services.booking.applying import apply

SUBSCRIBER = "reputation.keep_the_ledger"
EVENTS = 200_000
type Progress = Callable[[int], None]

_SHADOWED = ("ground", "entry", "day", "share", "circumstance", "badgedue")
_KINDS = {event.kind for event in HEARD}


def hold() -> Place:
    """How far the ledger has read; it reads no further until the transaction ends."""
    row = Bookmark.objects.select_for_update().filter(pk=SUBSCRIBER).first()
    return (row.transaction_id, row.event_id) if row else (0, 0)


@contextmanager
def read_anew(upto: Place, progress: Progress) -> Iterator[str]:
    """Inside, the tables without a schema are what the log comes to; with the one that is given
    they are the ledger's own. In this transaction alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        for name in _SHADOWED:
            table = f"reputation_{name}"
            cursor.execute(
                f"CREATE TEMPORARY TABLE {table} (LIKE {schema}.{table} INCLUDING ALL)"
                " ON COMMIT DROP"
            )
        for window in _windows(upto):
            _read(window)
            progress(window.count)
        yield schema
        for name in _SHADOWED:
            cursor.execute(f"DROP TABLE pg_temp.reputation_{name}")


def _windows(upto: Place) -> Iterator[Window]:
    after, behind = (0, 0), (upto[0], upto[1] + 1)
    while (window := delivery.stretch(_KINDS, after, behind, EVENTS)).count:
        yield window
        after = window.upto


def _read(window: Window) -> None:
    """What the ledger could not take is passed over here, too."""
    if not window.count:
        return
    try:
        with transaction.atomic():
            apply(window)
    except DatabaseError:
        if window.count > 1:
            for half in delivery.halves(_KINDS, window):
                _read(half)
