"""Measuring the quality of support, in batches and never for a page. See docs/votes.md."""

from collections.abc import Iterable, Sequence
from itertools import batched

import numpy as np
from django.db import connection, transaction
from django.db.models import Count, F, FloatField, Sum
from django.db.models.functions import Cast
from django.utils import timezone

from community.models import Friend
from ideas import independence
from ideas.models import Idea, IdeaTally, Support, SupportQuality
from ideas.services import tallies
from ideas.status import WAITS_FOR_ANSWER

# Larger ideas are sampled, always the same members; of each, the latest votes are looked at.
SAMPLE, LATEST = 2000, 200
AT_ONCE = 50

_VOTES = """
    SELECT lately.member_id, lately.root FROM unnest(%s::bigint[]) who (id)
    CROSS JOIN LATERAL (
        SELECT vote.member_id, coalesce(idea.merged_into_id, idea.id) AS root
        FROM ideas_support vote JOIN ideas_idea idea ON idea.id = vote.idea_id
        WHERE vote.member_id = who.id AND vote.state = 'counted'
        ORDER BY vote.id DESC LIMIT %s
    ) lately
    WHERE lately.root <> %s GROUP BY 1, 2
"""


def measure_changed() -> int:
    """Measure what is behind; returns how many ideas that were. Each batch is a transaction."""
    behind = list(SupportQuality.objects.behind().values_list("idea_id", flat=True))
    return _measure_all(behind)


def measure_open() -> int:
    """Measure every idea that waits for an answer anew: what supporters did elsewhere counts."""
    rows = Idea.objects.filter(merged_into=None, status__in=sorted(WAITS_FOR_ANSWER))
    return _measure_all(list(rows.order_by("pk").values_list("pk", flat=True)))


def _measure_all(idea_ids: Sequence[int]) -> int:
    by_chance = coincidence() if idea_ids else 0.0
    for some in batched(idea_ids, AT_ONCE, strict=False):
        _measure(some, by_chance)
    return len(idea_ids)


def coincidence() -> float:
    """The probability that two votes of the site are for the same idea: Σ s² / (Σ s)²."""
    listed = IdeaTally.objects.filter(listed=True)
    own = Cast(F("supports"), FloatField())
    sums = listed.aggregate(all=Sum(own), squares=Sum(own * own))
    return float(sums["squares"] / sums["all"] ** 2) if sums["all"] else 0.0


@transaction.atomic
def _measure(idea_ids: Iterable[int], by_chance: float) -> None:
    """The mark is taken off first: a vote that comes in between puts it on again."""
    ids = sorted(idea_ids)
    tallies.mark_changed(ids)
    SupportQuality.objects.filter(pk__in=ids).update(changed_at=None)
    ideas = Idea.objects.filter(pk__in=ids).only("author_id", "co_author_ids")
    now = timezone.now()
    for idea in ideas.order_by("pk"):
        supporters = Support.objects.supporters(idea.pk)
        number = supporters.count()
        SupportQuality.objects.filter(pk=idea.pk).update(
            supporters=number,
            independent=_independent(idea, number, by_chance),
            circle=_circle(idea),
            measured_at=now,
        )


def _independent(idea: Idea, number: int, by_chance: float) -> float:
    members = _sample(idea.pk)
    place = {member: index for index, member in enumerate(members)}
    with connection.cursor() as cursor:
        cursor.execute(_VOTES, [members, LATEST, idea.pk])
        rows = [(place[member], root) for member, root in cursor.fetchall()]
    pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
    votes = np.bincount(pairs[:, 0], minlength=len(members)).astype(np.float64)
    shared = independence.co_votes(len(members), pairs)
    return min(independence.independent(number, shared, votes, by_chance), float(number))


def _sample(idea_id: int) -> list[int]:
    """Who counts for an idea; of very many, those whose numbers mix to the smallest."""
    ids = np.fromiter(
        Support.objects.supporters(idea_id).values_list("member_id", flat=True), dtype=np.uint64
    )
    # Knuth's multiplicative hash: old and new members alike, and the same ones every time.
    mixed = (ids * np.uint64(2654435761)) % np.uint64(2**32)
    order = np.lexsort((ids, mixed))[:SAMPLE]
    return [int(member) for member in ids[order]]


def _circle(idea: Idea) -> int:
    """How many supporters are friends of one of those who wrote it."""
    writers = [idea.author_id, *idea.co_author_ids]
    friends = Friend.objects.filter(member__in=writers).values("friend")
    rows = Support.objects.supporters(idea.pk).filter(member_id__in=friends)
    return int(rows.aggregate(number=Count("member_id"))["number"])
