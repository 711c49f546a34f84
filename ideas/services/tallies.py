"""The tally: folding what supporters did into the row that lists read, and proving it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from ideas.models import TallyDelta


def fold(idea_id: int) -> int:
    """Fold an idea's waiting deltas unless somebody is at it; returns its supporters as of now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ideas_fold_tally(%s)", [idea_id])
        return int(cursor.fetchone()[0])


def fold_all(idea_ids: Iterable[int]) -> None:
    """Fold several ideas, each in a transaction of its own so that no lock is held for long."""
    for idea_id in idea_ids:
        with transaction.atomic():
            fold(idea_id)


def sweep() -> int:
    """Fold whatever voters left behind; returns how many ideas that were."""
    idea_ids = list(TallyDelta.objects.values_list("idea_id", flat=True).distinct().order_by())
    fold_all(idea_ids)
    return len(idea_ids)


@dataclass(frozen=True)
class Drift:
    """A tally that is not what its votes and comments say."""

    idea_id: int
    kept: tuple[int, float, int]
    counted: tuple[int, float, int]


_DRIFT = """
    SELECT idea_id, tally.supports, tally.hot, tally.comments, s.supports, s.hot, c.comments
    FROM ideas_ideatally tally
    CROSS JOIN LATERAL (
        SELECT count(*) - coalesce((SELECT sum(supports) FROM ideas_tallydelta delta
                                    WHERE delta.idea_id = tally.idea_id), 0) AS supports,
               ideas_heat(tally.idea_id) AS hot
        FROM ideas_support vote WHERE vote.idea_id = tally.idea_id AND vote.state = 'counted'
    ) s
    CROSS JOIN LATERAL (
        SELECT count(*) AS comments FROM ideas_comment comment
        WHERE comment.idea_id = tally.idea_id AND comment.hidden_at IS NULL
    ) c
    WHERE tally.supports <> s.supports OR tally.comments <> c.comments
       OR (NOT EXISTS (SELECT FROM ideas_tallydelta delta WHERE delta.idea_id = tally.idea_id)
           AND tally.hot <> s.hot AND abs(tally.hot - s.hot) > 1e-6)
    ORDER BY idea_id
"""


def drifts() -> list[Drift]:
    """Every tally that differs from a recount. Empty on a healthy site."""
    with connection.cursor() as cursor:
        cursor.execute(_DRIFT)
        return [Drift(row[0], row[1:4], row[4:7]) for row in cursor.fetchall()]
