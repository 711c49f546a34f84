"""A part of a lane: filters, and the key that the next part begins behind.

Each index of a lane begins with the board, and the order of several boards stands in none. So
every board gives its first few, and these few are merged: a part costs the same however many ideas
wait behind it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.cursors import BadCursor
from community.models import Member
from ideas import search
from ideas.lanes.kinds import DUE, MINE, OBJECTIONS, UNSEEN, Lane
from ideas.lanes.unseen import sample
from ideas.models import Board, Comment, Idea, IdeaTally
from ideas.models.idea import HEAVY
from ideas.ordering import Place

PAGE = 25
NOBODY, ME = "none", "me"


@dataclass(frozen=True, kw_only=True)
class View:
    """What a reviewer asks the queue for. Empty fields ask for nothing."""

    reviewer: Member
    boards: Sequence[Board]
    lane: Lane = DUE
    board: str = ""
    status: str = ""
    assignee: str = ""
    tag: str = ""
    since: date | None = None
    until: date | None = None
    supporters: int | None = None
    words: str = ""
    after: Place | None = None
    size: int = PAGE

    @property
    def board_ids(self) -> list[int]:
        """The boards that are read: of those that the reviewer has, the one that was asked for."""
        return [board.pk for board in self.boards if self.board in ("", board.slug)]


@dataclass(frozen=True)
class Part:
    """Some ideas of a lane in order; `next` is where the following part begins."""

    items: list[Idea] = field(default_factory=list)
    next: Place | None = None


def part_of(view: View) -> Part:
    """The ideas that somebody asks their queue for. Raises BadCursor."""
    found = _places(view)
    chosen = found[: view.size]
    ideas = rows(pk for _key, pk in chosen)
    more = len(found) > view.size and view.lane is not UNSEEN
    return Part(ideas, _place(*chosen[-1]) if more else None)


def each(view: View) -> Iterator[Idea]:
    """Every idea of a lane, read part by part, so that any number takes the same memory."""
    place = view.after
    while True:
        part = part_of(replace(view, after=place))
        yield from part.items
        place = part.next
        if place is None:
            return


def rows(ids: Iterable[int]) -> list[Idea]:
    """These ideas in this order, with all that a row of the queue shows. One query."""
    wanted = list(ids)
    open_points = Comment.objects.open_points().filter(idea=OuterRef("pk"))
    counted = open_points.order_by().values("idea").annotate(number=Count("pk"))
    found = (
        Idea.objects.filter(pk__in=wanted)
        .select_related("tally", "author", "board__team", "review__assignee", "review__team")
        .defer(*HEAVY)
        .annotate(open_points=Coalesce(Subquery(counted.values("number")[:1]), 0))
        .fetch_mode(models.FETCH_RAISE)
        .in_bulk()
    )
    return [found[pk] for pk in wanted if pk in found]


def _place(key: Any, pk: int) -> Place:
    return Place(key.isoformat() if isinstance(key, datetime) else key, pk)


def _places(view: View) -> list[tuple[Any, int]]:
    """Keys and ids of the wanted ideas and one more. One query; none without a board."""
    if view.lane is UNSEEN:
        return sample(_filtered(view), view.board_ids, view.size)
    pieces = [_first(view, piece) for piece in _pieces(view)]
    if len(pieces) < 2:
        return [row for piece in pieces for row in piece]
    sign = "-" if view.lane.order.descending else ""
    merged = pieces[0].union(*pieces[1:], all=True).order_by(f"{sign}key", f"{sign}idea_id")
    return list(merged[: view.size + 1])


def _pieces(view: View) -> list[Q]:
    """What is read one by one and then merged."""
    lane = view.lane
    if lane is MINE:
        board = Q(board__in=view.board_ids) if view.board else Q()
        return [board & Q(idea__review__assignee=view.reviewer)]
    if lane is OBJECTIONS:
        # Few at any time: the index of objections holds just these.
        return [Q(idea__merges__survivor__board__in=view.board_ids) & lane.holds]
    return [Q(board=pk) for pk in view.board_ids]


def _first(view: View, piece: Q) -> models.QuerySet[IdeaTally, Any]:
    order = view.lane.order
    sign = "-" if order.descending else ""
    found = _filtered(view).filter(piece)
    if view.after is not None:
        behind = TupleLessThan if order.descending else TupleGreaterThan
        place = Tuple(F(order.field), F("idea_id"))
        found = found.filter(behind(place, (_key(view), view.after.id)))
    found = found.annotate(key=F(order.field)).order_by(f"{sign}key", f"{sign}idea_id")
    return found.values_list("key", "idea_id")[: view.size + 1]


def _key(view: View) -> Any:
    assert view.after is not None
    try:
        return view.lane.order.read(view.after.key)
    except (ValueError, TypeError, OverflowError):
        raise BadCursor(str(view.after.key)) from None


def _filtered(view: View) -> models.QuerySet[IdeaTally]:
    # Conditions on a merge belong to one and the same merge, so `_pieces` says them all at once.
    found = IdeaTally.objects.filter(Q() if view.lane is OBJECTIONS else view.lane.holds)
    if view.status:
        found = found.filter(status=view.status)
    if view.tag:
        found = found.filter(idea__idea_tags__tag__slug=view.tag)
    if view.supporters:
        found = found.filter(supports__gte=view.supporters)
    if view.words:
        found = found.filter(idea__search=search.query(view.words))
    return found.filter(_between(view), _looked_after(view))


def _looked_after(view: View) -> Q:
    if view.assignee == NOBODY:
        return Q(idea__review__assignee=None)
    if view.assignee == ME:
        return Q(idea__review__assignee=view.reviewer)
    return Q(idea__review__assignee__handle=view.assignee) if view.assignee else Q()


def _between(view: View) -> Q:
    """Posted from the first moment of `since` to the last of `until`, where the reader is."""
    bounds = Q()
    if view.since:
        bounds &= Q(opened_at__gte=_midnight(view.since))
    if view.until and view.until < date.max:
        bounds &= Q(opened_at__lt=_midnight(view.until + timedelta(days=1)))
    return bounds


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
