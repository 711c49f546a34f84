"""Thresholds against capacity: how many answers a threshold would have asked of a team.

An idea crosses a threshold t in a time when it had fewer counted supports before, and has t or more
now. A board's load at t is the number of such ideas in the last six months, divided by six.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from ideas.models import Board, Promise
from ideas.models.promise import PromiseKind

MONTHS = 6
WINDOW = timedelta(days=182)
# What is compared with the threshold that holds, in percent of it.
AROUND = (40, 60, 80, 100, 125, 160, 200)
# Of the drawing, in its own units.
LEFT, WIDTH, BAR = 50, 340, 18

# From how many supports to how many, how often; votes that were withdrawn since do not count.
_RISES = """
    SELECT board_id, was, supports, count(*) FROM (
        SELECT tally.board_id, tally.supports,
               tally.supports - count(vote.id) FILTER (WHERE vote.counted_at >= %(since)s) AS was
        FROM ideas_ideatally tally
        JOIN ideas_support vote ON vote.idea_id = tally.idea_id AND vote.state = 'counted'
        WHERE tally.board_id = ANY(%(boards)s) AND tally.supports > 0
        GROUP BY tally.idea_id
    ) idea
    WHERE was < supports GROUP BY 1, 2, 3
"""

type Rises = Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class Row:
    """A threshold, and how many answers a month it would have asked for, here and in all."""

    threshold: int
    load: float
    total: float
    is_current: bool
    is_fitting: bool
    fits: bool | None
    # Where its bar stands in the drawing.
    y: int
    width: int


@dataclass(frozen=True)
class Capacity:
    """What a board's team can give, owes already on other boards, and owes open answers for.

    `fitting` is the least threshold that the team could keep up with; None without a stated
    capacity, or when the other boards take all of it.
    """

    answers_a_month: int | None
    others: float
    open_answers: int
    rows: Sequence[Row]
    fitting: int | None

    @property
    def height(self) -> int:
        return BAR * len(self.rows)

    @property
    def limit(self) -> int | None:
        """Where the line of what the team can give stands; None if that is beyond the drawing."""
        if self.answers_a_month is None:
            return None
        x = LEFT + round(WIDTH * self.answers_a_month / _most(row.total for row in self.rows))
        return x if x <= LEFT + WIDTH else None


def _most(totals: Iterable[float]) -> float:
    return max([*totals, 1.0])


def load(rises: Rises, threshold: int) -> float:
    """Answers a month at a threshold; `rises` are (supports before, supports now, ideas)."""
    return sum(n for was, now, n in rises if was < threshold <= now) / MONTHS


def fitting_threshold(rises: Rises, room: float) -> int | None:
    """The least threshold whose load fits into so many answers a month; None if there is no room.

    The load falls only behind a number that some idea ended at, so no others need be tried.
    """
    if room < 0:
        return None
    tried = [1, *sorted({now + 1 for _was, now, _n in rises})]
    return next((t for t in tried if load(rises, t) <= room), None)


def capacity_of(board: Board) -> Capacity:
    """The table that a board's form shows. Three statements."""
    boards = list(Board.objects.filter(team=board.team_id).only("pk", "answer_threshold"))
    rises = _rises(b.pk for b in boards)
    others = sum(load(rises.get(b.pk, ()), b.answer_threshold) for b in boards if b.pk != board.pk)
    mine, stated = rises.get(board.pk, ()), board.team.answers_a_month
    fitting = None if stated is None else fitting_threshold(mine, stated - others)
    tried = {t: load(mine, t) + others for t in _tried(board.answer_threshold, fitting)}
    return Capacity(
        answers_a_month=stated,
        others=others,
        open_answers=open_answers(board.team_id),
        rows=[
            Row(
                threshold=threshold,
                load=total - others,
                total=total,
                is_current=threshold == board.answer_threshold,
                is_fitting=threshold == fitting,
                fits=None if stated is None else total <= stated,
                y=BAR * number + 3,
                width=round(WIDTH * total / _most(tried.values())),
            )
            for number, (threshold, total) in enumerate(tried.items())
        ],
        fitting=fitting,
    )


def _rises(boards: Iterable[int]) -> Mapping[int, Rises]:
    found: dict[int, list[tuple[int, int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_RISES, {"since": timezone.now() - WINDOW, "boards": list(boards)})
        for board_id, was, now, ideas in cursor.fetchall():
            found.setdefault(board_id, []).append((was, now, ideas))
    return found


def _tried(current: int, fitting: int | None) -> list[int]:
    return sorted({max(1, current * percent // 100) for percent in AROUND} | {fitting or current})


def open_answers(team_id: int) -> int:
    """How many answers a team owes now."""
    return Promise.objects.open().filter(team=team_id, kind=PromiseKind.ANSWER).count()
