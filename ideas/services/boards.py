"""What boards promise."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from activity.services import record
from community.models import Member
from ideas.events import BoardTermsChanged
from ideas.models import Board

TERMS = ("answer_threshold", "answer_days", "reply_days", "reopen_threshold", "calendar")


@transaction.atomic
def change_terms(*, board: Board, by: Member | None, **terms: Any) -> Board:
    """Promise something else from now on; running clocks keep their dates.

    `terms` are some of TERMS. The database keeps the history of terms. Where fewer supporters are
    asked for, ideas that have as many earn their answer at this moment.
    """
    board = Board.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    before = board.answer_threshold
    changed = [name for name in TERMS if name in terms and terms[name] != getattr(board, name)]
    if not changed:
        return board
    for name in changed:
        setattr(board, name, terms[name])
    with connection.cursor() as cursor:
        # For the trigger that writes the history: since when, by the clock of the service.
        now = timezone.now().isoformat()
        cursor.execute("SELECT set_config('plenum.since', %s, true)", [now])
        board.save(update_fields=changed)
        cursor.execute("SELECT set_config('plenum.since', '', true)")
    fact = BoardTermsChanged(
        board_id=board.pk, threshold_before=before, threshold=board.answer_threshold
    )
    record(fact, actor=by)
    return board
