"""What is overdue, and what was withdrawn: row by row."""

from datetime import UTC, datetime

from django.db.models import F
from django.db.models.fields.tuple_lookups import TupleGreaterThan
from django.utils import timezone

from community.cursors import BadCursor
from ideas.models import Board, Promise, PromiseQuerySet
from ideas.models.promise import PromiseState
from ideas.ordering import Place

PAGE = 20


def _shown(board: Board | None) -> PromiseQuerySet:
    rows = Promise.objects.for_rows()
    return rows.filter(board=board) if board else rows


def overdue(
    board: Board | None, after: Place | None = None, size: int = PAGE
) -> tuple[list[Promise], Place | None]:
    """Running promises past their day, the longest owed first, and where the next page begins.

    Nothing is left out: hidden ideas are listed, without their titles. Raises BadCursor.
    """
    rows = _shown(board).filter(state=PromiseState.RUNNING, due_at__lte=timezone.now())
    if after is not None:
        place = TupleGreaterThan((F("due_at"), F("id")), (_moment(after.key), after.id))
        rows = rows.filter(place)
    found = list(rows.order_by("due_at", "id")[: size + 1])
    if len(found) <= size:
        return found, None
    last = found[size - 1]
    return found[:size], Place(last.due_at.isoformat(), last.pk)


def _moment(key: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(key))
        if moment.tzinfo is None:
            raise ValueError(key)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadCursor(str(key)) from None


def withdrawn(board: Board | None, size: int = PAGE) -> list[Promise]:
    """What was withdrawn last, the newest first."""
    rows = _shown(board).filter(state=PromiseState.WITHDRAWN)
    return list(rows.order_by("-ended_at", "-id")[:size])
