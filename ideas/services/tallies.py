"""The tally: folding what supporters did into the row that lists read, and proving it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from ideas.models import TallyDelta


def fold(idea_id: int) -> int:
    """Fold an idea's waiting deltas unless somebody is at it; returns its supporters as of now.

    Of an idea that others were merged into, these are the members who support any of them.
    """
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


@transaction.atomic
def mark_changed(idea_ids: Iterable[int]) -> None:
    """What stands beside these tallies is out of date; services.weighing measures it anew.

    Here and not there, so that web workers need not load what it reckons with.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [sorted(set(idea_ids))])


_MARK = """
    INSERT INTO ideas_supportquality AS known
        (idea_id, supporters, independent, circle, changed_at)
    SELECT DISTINCT coalesce(merged_into_id, id), 0, 0, 0, now()
    FROM ideas_idea WHERE id = ANY(%s) ORDER BY 1
    ON CONFLICT (idea_id) DO UPDATE SET changed_at = excluded.changed_at
    WHERE known.changed_at IS NULL
"""


def union(root_id: int, joining: Iterable[int]) -> int:
    """How many members would support an idea if these were merged into it."""
    with connection.cursor() as cursor:
        cursor.execute(_UNION, {"root": root_id, "joining": list(joining)})
        return int(cursor.fetchone()[0])


_UNION = """
    SELECT count(DISTINCT member_id) FROM ideas_support vote
    JOIN ideas_idea idea ON idea.id = vote.idea_id
    WHERE state = 'counted'
      AND (idea.id = %(root)s OR idea.merged_into_id = %(root)s OR idea.id = ANY(%(joining)s))
      AND member_id <> ALL (
          (SELECT author_id || co_author_ids FROM ideas_idea WHERE id = %(root)s)::bigint[])
"""


@dataclass(frozen=True)
class Drift:
    """A tally that is not what its votes, comments and merges say.

    Supporters, heat, comments and how many ideas were merged into this one.
    """

    idea_id: int
    kept: tuple[int, float, int, int]
    counted: tuple[int, float, int, int]


# A survivor whose group has deltas waiting is recounted when they are folded: until then only its
# comments can be compared.
_DRIFT = """
    SELECT idea_id, tally.supports, tally.hot, tally.comments, tally.gathers,
           s.supports, s.hot, said.own + CASE WHEN g.gathers > 0 THEN (
               SELECT count(*) FROM ideas_comment comment
               JOIN ideas_idea idea ON idea.id = comment.idea_id
               WHERE idea.merged_into_id = tally.idea_id AND comment.hidden_at IS NULL
           ) ELSE 0 END AS comments, g.gathers
    FROM ideas_ideatally tally
    CROSS JOIN LATERAL (
        SELECT count(*) AS gathers FROM ideas_idea WHERE merged_into_id = tally.idea_id
    ) g
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(supports), 0) AS supports,
               count(*) + CASE WHEN g.gathers > 0 THEN (
                   SELECT count(*) FROM ideas_tallydelta delta
                   JOIN ideas_idea idea ON idea.id = delta.idea_id
                   WHERE idea.merged_into_id = tally.idea_id
               ) ELSE 0 END AS deltas
        FROM ideas_tallydelta WHERE ideas_tallydelta.idea_id = tally.idea_id
    ) waiting
    CROSS JOIN LATERAL (SELECT ideas_union(tally.idea_id) AS now) u
    CROSS JOIN LATERAL (
        SELECT CASE WHEN g.gathers = 0 THEN u.now[1] - waiting.supports
                    WHEN waiting.deltas = 0 THEN u.now[1] ELSE tally.supports END AS supports,
               CASE WHEN waiting.deltas = 0 THEN u.now[2] ELSE tally.hot END AS hot
    ) s
    CROSS JOIN LATERAL (
        SELECT count(*) AS own FROM ideas_comment comment
        WHERE comment.idea_id = tally.idea_id AND comment.hidden_at IS NULL
    ) said
"""
_DRIFTS = f"""
    SELECT * FROM ({_DRIFT}) proof
        (idea_id, supports, hot, comments, gathers, voters, heat, said, merged)
    WHERE supports <> voters OR comments <> said OR gathers <> merged
       OR (hot <> heat AND abs(hot - heat) > 1e-6)
    ORDER BY idea_id
"""  # noqa: S608 (constants of ours)


def drifts() -> list[Drift]:
    """Every tally that differs from a recount. Empty on a healthy site."""
    with connection.cursor() as cursor:
        cursor.execute(_DRIFTS)
        return [Drift(row[0], row[1:5], row[5:9]) for row in cursor.fetchall()]
