"""What somebody knows: the answers of theirs that were accepted. For profiles."""

from collections.abc import Iterable

from django.db.models import Count

from community.cursors import Key, Page, page_of, whole
from community.models import Member, Reply, ReplyQuerySet

PAGE = 20
MOST_COUNTED = 1000
BY_ID = Key("id", whole)


def answers_of(member: Member, cursor: str = "", size: int = PAGE) -> Page[Reply]:
    """A member's accepted answers with their topics, the newest first. One statement.

    Raises BadCursor.
    """
    rows = _shown(member).select_related("author", "topic__tally", "topic__space")
    rows = rows.defer("body", "search", "topic__body", "topic__body_html", "topic__search")
    return page_of(rows, BY_ID, cursor, size)


def count_accepted(member: Member) -> int:
    """How many of a member's answers were accepted, counted no further than a thousand."""
    return _shown(member)[:MOST_COUNTED].count()


def counts_accepted(member_ids: Iterable[int]) -> dict[int, int]:
    """The same for many members at once; who has none is left out."""
    rows = Reply.objects.accepted().filter(author__in=list(member_ids), topic__hidden_at=None)
    counted = rows.order_by().values("author_id").annotate(number=Count("pk"))
    return {row["author_id"]: row["number"] for row in counted}


def _shown(member: Member) -> ReplyQuerySet:
    return Reply.objects.accepted().filter(author=member, topic__hidden_at=None)
