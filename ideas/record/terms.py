"""What boards promise, and since when."""

from ideas.models import Board, PromiseTerms

MOST = 20


def promised(board: Board | None) -> list[PromiseTerms]:
    """A board's terms with their history, the newest first; of the site, those that hold now."""
    rows = PromiseTerms.objects.select_related("board__team", "calendar")
    if board:
        return list(rows.filter(board=board).order_by("-id")[:MOST])
    newest = rows.order_by("board_id", "-id").distinct("board_id")
    return sorted(newest, key=lambda terms: (terms.board.position, terms.board.name))
