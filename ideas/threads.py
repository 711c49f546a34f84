"""The discussion of an idea by pages: fifty threads, the most helpful first, with some replies."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from community.cursors import BadCursor
from community.models import Member
from ideas.models import Comment, Idea
from ideas.ordering import Place

THREADS = 50
REPLIES = 20
# Of all ideas together that were merged into one.
OF_MERGED = 200
# Of a thread that is read alone.
ALL_REPLIES = 200


@dataclass(frozen=True)
class Talk:
    """A page of the discussion: threads with their replies on them, and what it leaves out."""

    threads: list[Comment] = field(default_factory=list)
    next: Place | None = None
    # Whether there are threads before these.
    is_later: bool = False
    # A reply: the thread goes on behind it. Only where one is read alone.
    after_reply: int | None = None

    @property
    def comments(self) -> list[Comment]:
        """All that is shown, threads and replies."""
        return [*self.threads, *(reply for one in self.threads for reply in one.shown_replies)]  # type: ignore[attr-defined]


def page_of(idea: Idea, viewer: Member | None, after: Place | None = None) -> Talk:
    """The threads behind a place. Two queries. Raises BadCursor."""
    rows = _threads(idea, viewer)
    if after is not None:
        rows = rows.filter(_behind(after))
    return _cut(rows, viewer, is_later=after is not None)


def around(idea: Idea, viewer: Member | None, comment: Comment) -> Talk:
    """A page on which a comment stands: the first one, if it can be that."""
    root = comment.parent if comment.parent_id else comment
    assert root is not None
    talk = page_of(idea, viewer)
    if comment.idea_id != idea.pk:
        # Of an idea that was merged into this one: its discussion stands below.
        return talk
    if not any(row.pk == root.pk for row in talk.threads):
        rows = _threads(idea, viewer).filter(_behind(_place(root)) | Q(pk=root.pk))
        talk = _cut(rows, viewer, is_later=True)
    if any(row.pk == comment.pk for row in talk.comments) or root is comment:
        return talk
    return alone(idea, viewer, root, after=comment.pk - 1)


def alone(idea: Idea, viewer: Member | None, root: Comment, after: int = 0) -> Talk:
    """One thread with all its replies, or those behind one of them."""
    threads = list(_threads(root.idea, viewer).filter(pk=root.pk))
    rows = _replies(viewer, threads).filter(pk__gt=after).order_by("id")[: ALL_REPLIES + 1]
    replies = list(rows)
    for thread in threads:
        thread.shown_replies = replies[:ALL_REPLIES]  # type: ignore[attr-defined]
        thread.more_replies = False  # type: ignore[attr-defined]
    more = replies[ALL_REPLIES - 1].pk if len(replies) > ALL_REPLIES else None
    return Talk(threads, is_later=True, after_reply=more)


def of_merged(ideas: list[Idea], viewer: Member | None) -> dict[int, list[Comment]]:
    """The most helpful threads of ideas that were merged, by idea. Two queries."""
    rows = Comment.objects.for_thread(viewer).filter(idea__in=ideas, parent=None)
    threads = list(rows[:OF_MERGED])
    _attach(threads, viewer)
    talks: dict[int, list[Comment]] = {}
    for thread in threads:
        if not thread.hidden_at or thread.shown_replies:  # type: ignore[attr-defined]
            talks.setdefault(thread.idea_id, []).append(thread)
    return talks


def _threads(idea: Idea, viewer: Member | None) -> QuerySet[Comment]:
    return idea.comments.for_thread(viewer).filter(parent=None)


def _replies(viewer: Member | None, threads: list[Comment]) -> QuerySet[Comment]:
    return Comment.objects.for_thread(viewer).shown().filter(parent__in=threads)


def _place(thread: Comment) -> Place:
    return Place(thread.helpful_score, thread.pk)


def _behind(place: Place) -> Q:
    if not isinstance(place.key, int | float):
        raise BadCursor(str(place.key))
    later = Q(helpful_score=place.key, pk__gt=place.id)
    # The first half alone would do; said twice, the index is read from there.
    return Q(helpful_score__lte=place.key) & (Q(helpful_score__lt=place.key) | later)


def _cut(rows: QuerySet[Comment], viewer: Member | None, *, is_later: bool) -> Talk:
    """One row more than is shown tells whether there are others."""
    found = list(rows[: THREADS + 1])
    behind = _place(found[THREADS - 1]) if len(found) > THREADS else None
    threads = found[:THREADS]
    _attach(threads, viewer)
    shown = [row for row in threads if not row.hidden_at or row.shown_replies]  # type: ignore[attr-defined]
    return Talk(shown, behind, is_later)


def _attach(threads: list[Comment], viewer: Member | None) -> None:
    """Their first replies, and whether there are more. One query."""
    place = Window(RowNumber(), partition_by=F("parent_id"), order_by="id")
    rows = _replies(viewer, threads).annotate(place=place).filter(place__lte=REPLIES + 1)
    ordered = rows.order_by("parent_id", "id") if threads else []
    groups = {pk: list(group) for pk, group in groupby(ordered, lambda row: row.parent_id)}
    for thread in threads:
        replies = groups.get(thread.pk, [])
        thread.shown_replies = replies[:REPLIES]  # type: ignore[attr-defined]
        thread.more_replies = len(replies) > REPLIES  # type: ignore[attr-defined]
