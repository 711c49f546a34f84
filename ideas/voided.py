"""What is told of voided votes: the public log to everybody, the reason to the one who voted."""

from community.cursors import Key, Page, moment, page_of
from community.models import Member
from ideas.models import Board, Voiding

PAGE = 20
BY_DAY = Key("done_at", moment)


def log_of(cursor: str = "", size: int = PAGE) -> Page[Voiding]:
    """What was ever in force, the latest first; each with the `boards` concerned. Two queries.

    Names nobody. Raises BadCursor.
    """
    page = page_of(Voiding.objects.public(), BY_DAY, cursor, size)
    wanted = {pk for row in page.items for pk in row.board_ids}
    boards = Board.objects.in_bulk(wanted) if wanted else {}
    for row in page.items:
        row.boards = [boards[pk] for pk in row.board_ids if pk in boards]  # type: ignore[attr-defined]
    return page


def reason_for(member: Member, idea_id: int) -> Voiding | None:
    """What voided the support that a member gave an idea, or one that was merged into it."""
    about = Voiding.objects.filter(supports__member=member, supports__state="voided")
    here = about.filter(supports__idea=idea_id) | about.filter(supports__idea__merged_into=idea_id)
    return here.order_by("-id").first()
