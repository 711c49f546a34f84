"""Votes as reputation knows them, and patterns in them."""

from datetime import timedelta

import numpy as np
from django.utils import timezone

from reputation.detecting import Votes
from reputation.models import Ground, RuleBook
from tests.factories.community import MemberFactory

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def columns(*rows, age=400 * DAY, block=-1):
    """Votes out of (voter, author, idea, second), in any order; ages and blocks may follow."""
    full = sorted(((*row, age, block)[:6] if len(row) == 4 else row for row in rows),
                  key=lambda row: row[3])  # fmt: skip
    table = np.array(full, np.int64).reshape(-1, 6)
    return Votes(*table.T)


def crowd(votes=400, people=100, seed=1):
    """Rows of people who vote as they like, for ideas of their own time, within twenty days."""
    draw = np.random.default_rng(seed)
    voter, author = draw.integers(1_000, 1_000 + people, (2, votes)).tolist()
    idea = draw.integers(5_000, 5_000 + people, votes).tolist()
    second = draw.integers(0, 20 * DAY, votes).tolist()
    return list(zip(voter, author, idea, second, strict=True))


def book():
    made, _new = RuleBook.objects.get_or_create(
        version=1, defaults={"holds_from": timezone.now(), "daily_cap": 100, "why": "The first."}
    )
    return made


def vote_row(voter, author, idea_id, when):
    """A vote that holds, not written yet."""
    return Ground(
        kind="supported", member=author, actor_id=voter.pk, thing="idea", thing_id=idea_id,
        since=when, points=10, book_id=1,
    )  # fmt: skip


def voted(*vote):
    """The same, written."""
    book()
    return Ground.objects.bulk_create([vote_row(*vote)])


def ring(size=4, ideas=4, first_idea=900_000, begin=None):
    """Members each of whose ideas all others support, a minute apart; returns them."""
    book()
    members = MemberFactory.create_batch(size)
    when = begin or timezone.now() - timedelta(days=3)
    idea, rows = first_idea, []
    for author in members:
        for _idea in range(ideas):
            for voter in members:
                if voter != author:
                    when += timedelta(minutes=1)
                    rows.append(vote_row(voter, author, idea, when))
            idea += 1
    Ground.objects.bulk_create(rows)
    return members


def background(votes=1_500, people=60):
    """What everybody else does meanwhile."""
    book()
    members = MemberFactory.create_batch(people)
    draw = np.random.default_rng(7)
    now = timezone.now()
    pairs = zip(*draw.integers(0, people, (2, votes)), draw.random(votes) * 30, strict=True)
    Ground.objects.bulk_create(
        vote_row(members[one], members[other], 10_000 + number, now - timedelta(days=float(day)))
        for number, (one, other, day) in enumerate(pairs)
        if one != other
    )
    return members
