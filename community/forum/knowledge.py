"""What somebody knows: the answers of theirs that were accepted. For profiles."""

from community.cursors import Key, Page, page_of, whole
from community.models import Member, Reply, ReplyQuerySet

PAGE = 20
BY_ID = Key("id", whole)


def answers_of(member: Member, cursor: str = "", size: int = PAGE) -> Page[Reply]:
    """A member's accepted answers with their topics, the newest first. One statement.

    Raises BadCursor.
    """
    rows = _shown(member).select_related("author", "topic__tally", "topic__space")
    rows = rows.defer("body", "search", "topic__body", "topic__body_html", "topic__search")
    return page_of(rows, BY_ID, cursor, size)


def _shown(member: Member) -> ReplyQuerySet:
    return Reply.objects.accepted().filter(author=member, topic__hidden_at=None)
