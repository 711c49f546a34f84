"""A page of topics: filters, order, search and the key that the next page begins behind."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Subquery

from community.cursors import BadCursor, Place
from community.forum import finding
from community.forum.ordering import LATEST, Order
from community.models import Member, Space, Topic, TopicQuerySet

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks a list of topics for. Empty fields ask for nothing."""

    order: Order = LATEST
    space: str = ""
    kind: str = ""
    tag: str = ""
    author: str = ""
    words: str = ""
    after: Place | None = None
    size: int = PAGE


@dataclass(frozen=True)
class Page:
    """Some topics in order; `next` is where the following page begins."""

    items: list[Topic] = field(default_factory=list)
    next: Place | None = None


def page_of(wanted: Wanted, viewer: Member | None = None) -> Page:
    """The topics that somebody wants, of those that everybody may see. Raises BadCursor."""
    topics = _filtered(wanted)
    if wanted.words:
        return _search(topics, wanted, viewer)
    rows = wanted.order.arrange(topics.for_cards(viewer), wanted.after)[: wanted.size + 1]
    items = list(rows)
    if len(items) <= wanted.size:
        return Page(items)
    return Page(items[: wanted.size], wanted.order.place_of(items[wanted.size - 1]))


def _filtered(wanted: Wanted) -> TopicQuerySet:
    topics = Topic.objects.listed()
    if wanted.space:
        topics = topics.filter(tally__space=_one(Space.objects.filter(slug=wanted.space)))
    if wanted.kind:
        topics = topics.filter(tally__kind=wanted.kind)
    if wanted.tag:
        topics = topics.filter(topic_tags__tag__slug=wanted.tag)
    if wanted.author:
        topics = topics.filter(author=_one(Member.objects.filter(handle=wanted.author.lower())))
    return topics


def _one(rows: QuerySet[Any]) -> Subquery:
    """The id of the one row of these, or none. A join instead would hide from the planner that it
    is one, and so which index to read."""
    return Subquery(rows.order_by().values("pk")[:1])


def _search(topics: TopicQuerySet, wanted: Wanted, viewer: Member | None) -> Page:
    """A page of the ranked matches. Their number is bounded, so a place is a position."""
    start = _position(wanted.after)
    ids = finding.candidates(topics, wanted.words)
    if not ids:
        return Page()
    best = finding.ranked(ids, wanted.words)
    end = start + wanted.size
    # Cards have much to read, so only those of the page are.
    cards = Topic.objects.for_cards(viewer).in_bulk(best[start:end])
    items = [cards[pk] for pk in best[start:end] if pk in cards]
    return Page(items, Place(end, best[end - 1]) if end < len(best) else None)


def _position(after: Place | None) -> int:
    if after is None:
        return 0
    if type(after.key) is not int or not 0 <= after.key <= 2 * finding.CANDIDATES:
        raise BadCursor(str(after.key))
    return after.key
