"""Pages by key for programs: what a page holds, and the address of the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from community.cursors import BadCursor
from ideas.ordering import Place

PAGE = 50
CURSOR = OpenApiParameter("cursor", str, description="As it stands in `next` of the page before.")


def place_of(request: Request) -> Place | None:
    """Where the page begins that is asked for. Raises BadCursor."""
    cursor = request.query_params.get("cursor")
    return Place.decode(cursor) if cursor else None


def address(request: Request, place: Place | None) -> str | None:
    """The whole address of the page that begins at a place; None for a place that is not there."""
    if place is None:
        return None
    return replace_query_param(request.build_absolute_uri(), "cursor", place.encode())


@dataclass(frozen=True)
class Keys:
    """A way to walk through rows: their key, and which rows stand behind a place."""

    of: Callable[[Any], float]
    behind: Callable[[Place], Q]
    order: tuple[str, ...]


def _number(field: str) -> Callable[[Any], int]:
    return lambda row: int(getattr(row, field))


def ascending(field: str) -> Keys:
    """By a whole number that rises, and that no two rows share."""
    return Keys(_number(field), lambda place: Q(**{f"{field}__gt": _count(place)}), (field,))


def descending(field: str) -> Keys:
    """By a whole number that falls, and that no two rows share."""
    return Keys(_number(field), lambda place: Q(**{f"{field}__lt": _count(place)}), (f"-{field}",))


def _count(place: Place) -> int:
    if type(place.key) is not int or not 0 <= place.key < 2**63:
        raise BadCursor(str(place.key))
    return place.key


BY_HELP = Keys(
    lambda comment: float(comment.helpful_score),
    lambda place: (
        Q(helpful_score__lte=_share(place))
        & (Q(helpful_score__lt=_share(place)) | Q(id__gt=place.id))
    ),
    ("-helpful_score", "id"),
)


def _share(place: Place) -> float:
    if isinstance(place.key, int | float) and 0 <= place.key <= 1:
        return float(place.key)
    raise BadCursor(str(place.key))


def cut[Row: Model](
    rows: QuerySet[Row], keys: Keys, place: Place | None, size: int = PAGE
) -> tuple[list[Row], Place | None]:
    """One page of rows, and where the next one begins. One query."""
    if place is not None:
        rows = rows.filter(keys.behind(place))
    found = list(rows.order_by(*keys.order)[: size + 1])
    if len(found) <= size:
        return found, None
    last = found[size - 1]
    return found[:size], Place(keys.of(last), last.pk)
