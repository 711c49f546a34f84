"""A page of a list: filters, order, search and the key that the next page begins behind."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from community.cursors import BadCursor
from community.models import Member
from community.prepared import Prepared
from ideas import finding
from ideas.cards import dress
from ideas.models import Board, Idea, IdeaQuerySet
from ideas.ordering import HOT, NEEDS_SUPPORT, Order, Place, few, start_of

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks a list for. Empty fields ask for nothing."""

    order: Order = HOT
    board: str = ""
    status: str = ""
    tag: str = ""
    author: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    after: Place | None = None
    size: int = PAGE


@dataclass(frozen=True)
class Page:
    """Some ideas in order, dressed; `next` is where the following page begins."""

    items: list[Idea] = field(default_factory=list)
    next: Place | None = None


def page_of(wanted: Wanted, viewer: Member | None) -> Page:
    """The ideas that somebody wants and may see. Raises BadCursor."""
    if wanted.words:
        return _search(wanted, viewer)
    if wanted.order is NEEDS_SUPPORT:
        return _circle(wanted, viewer)
    return _cut(_rows(wanted, viewer), wanted, viewer)


# What a prepared list has in place of values. Texts of a private character; numbers and a moment
# that no idea has.
MARKS: dict[str, Any] = {"board": "\ue000", "status": "\ue001", "tag": "\ue002", "author": "\ue003"}
MARKED_KEYS: dict[str, Any] = {"hot": -1.5e300, "top": -(2**31) + 1, "new": "0001-01-02T00:00Z"}
MARKED_ID, MARKED_VIEWER = -(2**62), -(2**61)


def _rows(wanted: Wanted, viewer: Member | None) -> list[Idea]:
    """The page's rows, and one more. Days are few people's wish: their queries are written anew."""
    if wanted.since or wanted.until:
        return list(_list(wanted, viewer))
    given = {name: getattr(wanted, name) for name in MARKS if getattr(wanted, name)}
    if "author" in given:
        given["author"] = given["author"].lower()
    if wanted.after:
        given |= {"key": wanted.order.key_at(wanted.after), "behind": wanted.after.id}
    if viewer:
        given["viewer"] = viewer.pk
    return _prepared(wanted.order, wanted.size, frozenset(given)).ask(**given)


@cache
def _prepared(order: Order, size: int, given: frozenset[str]) -> Prepared[Idea]:
    marks = {name: mark for name, mark in MARKS.items() if name in given}
    after = Place(MARKED_KEYS[order.code], MARKED_ID) if "key" in given else None
    viewer = Member(pk=MARKED_VIEWER) if "viewer" in given else None
    rows = _list(Wanted(order=order, size=size, after=after, **marks), viewer)
    if after:
        marks |= {"key": order.key_at(after), "behind": MARKED_ID}
    if viewer:
        marks["viewer"] = MARKED_VIEWER
    return Prepared(rows, marks)


def _list(wanted: Wanted, viewer: Member | None) -> IdeaQuerySet:
    rows = _filtered(wanted, viewer).for_cards(viewer).in_order(wanted.order, wanted.after)
    return rows[: wanted.size + 1]


def _filtered(wanted: Wanted, viewer: Member | None) -> IdeaQuerySet:
    ideas = Idea.objects.visible_to(viewer).listed()
    if wanted.board:
        ideas = ideas.filter(tally__board=_one(Board.objects.filter(slug=wanted.board)))
    if wanted.status:
        ideas = ideas.filter(tally__status=wanted.status)
    if wanted.tag:
        ideas = ideas.filter(idea_tags__tag__slug=wanted.tag)
    if wanted.author:
        ideas = ideas.filter(author=_one(Member.objects.filter(handle=wanted.author.lower())))
    return ideas.filter(_between(wanted))


def _one(rows: QuerySet[Any]) -> Subquery:
    """The id of the one row of these, or none. A join instead would hide from the planner that it
    is one, and so which index to read."""
    return Subquery(rows.order_by().values("pk")[:1])


def _between(wanted: Wanted) -> Q:
    """Posted from the first moment of `since` to the last of `until`, where the reader is."""
    bounds = Q()
    if wanted.since:
        bounds &= Q(tally__opened_at__gte=_midnight(wanted.since))
    # After the last day there is none whose midnight could bound it.
    if wanted.until and wanted.until < date.max:
        bounds &= Q(tally__opened_at__lt=_midnight(wanted.until + timedelta(days=1)))
    return bounds


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _cut(
    rows: list[Idea],
    wanted: Wanted,
    viewer: Member | None,
    *,
    lap: int = 0,
    start: float | None = None,
) -> Page:
    """One row more than the page was asked for: it tells whether there is another page."""
    items = rows[: wanted.size]
    more = len(rows) > wanted.size
    behind = wanted.order.place_of(items[-1], lap=lap, start=start) if more else None
    return Page(dress(items, viewer), behind)


def _circle(wanted: Wanted, viewer: Member | None) -> Page:
    """Once around the circle, from today's place to the end and from the beginning to it."""
    after = wanted.after
    start = start_of() if after is None or after.start is None else after.start
    ideas = few(_filtered(wanted, viewer)).for_cards(viewer)
    rows: list[Idea] = []
    if after is None or after.lap == 0:
        first = ideas.filter(tally__shuffle__gte=start).in_order(wanted.order, after)
        rows = list(first[: wanted.size + 1])
        after = None
    lap = 0
    if len(rows) <= wanted.size:
        had = len(rows)
        second = ideas.filter(tally__shuffle__lt=start).in_order(wanted.order, after)
        rows += second[: wanted.size + 1 - had]
        lap = 1 if wanted.size > had else 0
    return _cut(rows, wanted, viewer, lap=lap, start=start)


def _search(wanted: Wanted, viewer: Member | None) -> Page:
    """A page of the ranked matches. Their number is bounded, so a place is a position."""
    ids = finding.ranked(_filtered(wanted, viewer), wanted.words)
    start = _position(wanted.after)
    chosen = ids[start : start + wanted.size]
    found = finding.highlighted(Idea.objects.for_cards(viewer), wanted.words).in_bulk(chosen)
    items = dress((found[pk] for pk in chosen if pk in found), viewer)
    for idea in items:
        idea.title_hits = finding.mark(idea.title_marked)  # type: ignore[attr-defined]
        idea.snippet_hits = finding.mark_body(idea.body_marked)  # type: ignore[attr-defined]
        # Marked for these words alone.
        idea.shown = None  # type: ignore[attr-defined]
    end = start + len(chosen)
    return Page(items, Place(end, chosen[-1]) if end < len(ids) else None)


def _position(after: Place | None) -> int:
    if after is None:
        return 0
    if not isinstance(after.key, int) or not 0 <= after.key <= finding.CANDIDATES:
        raise BadCursor(str(after.key))
    return after.key


def first(wanted: Wanted, viewer: Member | None, count: int) -> list[Idea]:
    """The first few ideas of a list."""
    return list(islice(page_of(replace(wanted, size=count), viewer).items, count))
