"""What somebody knows: the answers of theirs that were accepted. For profiles."""

from collections.abc import Iterable

from django.db.models import Count

from community.models import Member, Reply, ReplyQuerySet

MOST_COUNTED = 1000


def accepted_answers(member: Member, *, before: int | None = None, count: int = 20) -> list[Reply]:
    """A member's accepted answers with their topics, newest replies first.

    `before` is the id of the last one shown. One statement.
    """
    rows = _shown(member).select_related("topic__tally", "topic__space")
    rows = rows.defer("body", "search", "topic__body", "topic__body_html", "topic__search")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[:count])


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
