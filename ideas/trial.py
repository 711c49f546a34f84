"""What a voiding would do, before it does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, QuerySet
from django.db.models.functions import Coalesce, TruncDay, TruncHour

from community.models import Member
from ideas.models import Idea, Support, Voiding

MOST_SHOWN = 20
SAMPLE = 30
# Bars of an hour while they fit beside each other, of a day else.
MOST_BARS = 72
HEIGHT, STEP = 120, 10


@dataclass(frozen=True)
class Effect:
    """An idea that loses votes: its supporters now and after, and the place of its bar."""

    idea: Idea
    votes: int
    now: int
    after: int

    @property
    def share(self) -> int:
        """Of its supporters, in percent, how many go."""
        return round(100 * (self.now - self.after) / self.now) if self.now else 0


@dataclass(frozen=True)
class Bar:
    """How many votes were given in an hour or a day, drawn in a field of HEIGHT."""

    since: datetime
    votes: int
    x: int
    y: int

    @property
    def height(self) -> int:
        return HEIGHT - self.y


@dataclass(frozen=True)
class Trial:
    """What fits the conditions now. Lists show the first few, the numbers all."""

    votes: int
    members: int
    ideas: int
    authors: int
    counted: int
    effects: Sequence[Effect]
    by_author: Sequence[tuple[Member, int]]
    by_member: Sequence[tuple[Member, int]]
    sample: Sequence[Support]
    bars: Sequence[Bar]
    by_day: bool

    @property
    def width(self) -> int:
        return max(STEP * len(self.bars), STEP)


def of(voiding: Voiding) -> Trial:
    """What a voiding would void. A page for the few who decide: it counts."""
    rows = Support.objects.voidable(voiding.asked).order_by()
    numbers = rows.aggregate(
        votes=Count("pk"),
        members=Count("member", distinct=True),
        ideas=Count("idea", distinct=True),
        authors=Count("idea__author", distinct=True),
        counted=Count("counted_at"),
    )
    bars, by_day = _bars(rows)
    sample = rows.select_related("idea", "member").order_by("-created_at", "-id")[:SAMPLE]
    return Trial(
        **numbers,
        effects=_effects(rows),
        by_author=_most(rows, "idea__author"),
        by_member=_most(rows, "member"),
        sample=list(sample),
        bars=bars,
        by_day=by_day,
    )


def _effects(rows: QuerySet[Support]) -> list[Effect]:
    """Exact also where ideas were merged: a member's other vote there still counts."""
    roots = rows.values(root=Coalesce("idea__merged_into", "idea")).annotate(votes=Count("pk"))
    most = list(roots.order_by("-votes", "root").values_list("root", "votes")[:MOST_SHOWN])
    ideas = Idea.objects.select_related("tally").in_bulk([root for root, _votes in most])
    found = []
    for root, votes in most:
        counted = Support.objects.supporters(root)
        left = Support.objects.exclude(pk__in=rows.values("pk")).supporters(root)
        found.append(Effect(ideas[root], votes, counted.count(), left.count()))
    return found


def _most(rows: QuerySet[Support], key: str) -> list[tuple[Member, int]]:
    counted = rows.values(who=F(key)).annotate(votes=Count("pk")).order_by("-votes", "who")
    most = list(counted.values_list("who", "votes")[:MOST_SHOWN])
    members = Member.objects.in_bulk([who for who, _votes in most])
    return [(members[who], votes) for who, votes in most]


def _bars(rows: QuerySet[Support]) -> tuple[list[Bar], bool]:
    """By hour if all were given within a few days, by day else: the busiest ones, in order."""
    ends = rows.aggregate(first=Min("created_at"), last=Max("created_at"))
    if ends["first"] is None:
        return [], False
    by_day = (ends["last"] - ends["first"]).total_seconds() > MOST_BARS * 3600
    since = TruncDay("created_at") if by_day else TruncHour("created_at")
    counted = rows.values(since=since).annotate(votes=Count("pk")).order_by("-votes", "since")
    found = sorted(counted.values_list("since", "votes")[:MOST_BARS])
    top = max(votes for _since, votes in found)
    return [
        Bar(since, votes, STEP * place, round(HEIGHT * (1 - votes / top)))
        for place, (since, votes) in enumerate(found)
    ], by_day
