"""A random sample of what nobody of the team has opened, from every board and age.

Each idea has a place on a circle for good (`shuffle`). A week draws where every board's walk
begins; so the sample stays the same all week, and where one is opened the next of its kind takes
its place. The walk reads a bounded number of ideas, whatever the size of the board.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, islice, zip_longest
from random import Random
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ideas.models import IdeaTally

# Ages in days that end a band; older ideas are the last band.
BANDS = (7, 30, 90)
# How much of a board is walked, and what each band of it gives at most.
WALK = 400
OF_EACH = 5

type Found = tuple[float, int]


def sample(tallies: QuerySet[IdeaTally], boards: Iterable[int], size: int) -> list[Found]:
    """Place and id of up to `size` ideas, a turn of every board and age after the other."""
    now = timezone.now()
    strata = [
        band
        for board in boards
        for band in _bands(_walked(tallies.filter(board=board), _start(board)), now)
    ]
    turns = chain.from_iterable(zip_longest(*strata))
    return list(islice((found for found in turns if found is not None), size))


def _start(board: int, day: date | None = None) -> float:
    """Where on its circle the walk of a board begins in the ISO week of a day."""
    year, week, _weekday = (day or timezone.localdate()).isocalendar()
    return Random(f"{board} {year} {week}").random()  # noqa: S311  # a draw, not a secret


def _walked(tallies: QuerySet[IdeaTally], start: float) -> Iterator[tuple[float, int, datetime]]:
    """Once around the circle, or as far as the walk goes."""
    # Everything in a queue is posted.
    tallies = tallies.filter(opened_at__isnull=False).order_by("shuffle", "idea_id")
    rows: QuerySet[IdeaTally, Any] = tallies.values_list("shuffle", "idea_id", "opened_at")
    first = list(rows.filter(shuffle__gte=start)[:WALK])
    yield from first
    if len(first) < WALK:
        yield from rows.filter(shuffle__lt=start)[: WALK - len(first)]


def _bands(rows: Iterable[tuple[float, int, datetime]], now: datetime) -> Sequence[Sequence[Found]]:
    """What the walk met, by age; the first few of each."""
    bands: list[list[Found]] = [[] for _ in range(len(BANDS) + 1)]
    for place, pk, opened_at in rows:
        age = now - opened_at
        band = bands[sum(age >= timedelta(days=days) for days in BANDS)]
        if len(band) < OF_EACH:
            band.append((place, pk))
    return bands
