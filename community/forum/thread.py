"""The replies of a topic, a page at a time: questions by help, everything else in time."""

from dataclasses import dataclass, field

from django.db.models import Q

from community import markdown
from community.cursors import BadCursor, Place
from community.models import Member, Reply, ReplyQuerySet, Topic

PAGE = 30
QUOTE = 160


@dataclass(frozen=True)
class Thread:
    """Some replies in order; `is_cut` when they do not begin at the first one."""

    replies: list[Reply] = field(default_factory=list)
    answer: Reply | None = None
    next: Place | None = None
    is_cut: bool = False


def thread_of(
    topic: Topic,
    viewer: Member | None,
    *,
    after: Place | None = None,
    begin: Reply | None = None,
    whole: bool = False,
) -> Thread:
    """The accepted answer and a page of the other replies. Two statements at the most.

    `after` is a place of this thread, `begin` a reply to begin with; `whole` replies bring the
    Markdown that they were written in. Raises BadCursor.
    """
    rows = topic.replies.for_thread(viewer).shown()
    rows = rows.defer(None).defer("search") if whole else rows
    answer = rows.filter(accepted_at__isnull=False).first() if topic.tally.answered_at else None
    found = list(_cut(rows.filter(accepted_at=None), topic, after, begin)[: PAGE + 1])
    more = len(found) > PAGE
    replies = found[:PAGE]
    for reply in [*replies, *([answer] if answer else [])]:
        reply.topic = topic
        reply.quoted_words = markdown.plain(reply.quoted_start or "", QUOTE)  # type: ignore[attr-defined]
    behind = Place(_key(topic, replies[-1]), replies[-1].pk) if more else None
    return Thread(replies, answer, behind, is_cut=after is not None or begin is not None)


def _key(topic: Topic, reply: Reply) -> float | int:
    return float(reply.helpful_score) if topic.is_question else reply.pk


def _cut(
    rows: ReplyQuerySet, topic: Topic, after: Place | None, begin: Reply | None
) -> ReplyQuerySet:
    if not topic.is_question:
        first = begin.pk if begin else _count(after) + 1 if after else 0
        return rows.filter(pk__gte=first).order_by("id")
    rows = rows.order_by("-helpful_score", "id")
    if begin:
        return rows.filter(_from(begin.helpful_score, begin.pk - 1))
    return rows.filter(_from(_share(after), after.id)) if after else rows


def _from(score: float, behind: int) -> Q:
    return Q(helpful_score__lte=score) & (Q(helpful_score__lt=score) | Q(id__gt=behind))


def _count(place: Place) -> int:
    if type(place.key) is not int or not 0 <= place.key < 2**63 - 1:
        raise BadCursor(str(place.key))
    return place.key


def _share(place: Place) -> float:
    if isinstance(place.key, int | float) and 0 <= place.key <= 1:
        return float(place.key)
    raise BadCursor(str(place.key))
