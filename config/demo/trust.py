"""The demo's trust levels: how each member came to theirs, and what keeps it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import batched
from random import Random
from typing import Any

from activity.events import Event, class_of
from activity.models import EventRecord
from community.models import Member
from community.services import set_trust_levels
from config.demo.content import Row
from ideas.models import Idea
from reputation.demands import BY_HAND, VERSION, to_rise
from reputation.measuring import site_day
from reputation.models import ActiveDay, Discussed, TrustChange
from reputation.services import evidence

WHY = "Speaks for the company, or keeps the peace here."
MANAGER = "noor"
AT_ONCE = 500
# By level: on how many of the last days somebody was here, and how many ideas they talked about.
PRESENCE = {1: (6, 45, 1), 2: (18, 90, 3), 3: (34, 90, 7)}


def earn(people: list[Row], members: Mapping[str, Member]) -> None:
    """Take everybody step by step to the level that the demo gives them."""
    goals = {members[row["handle"]]: row["trust_level"] for row in people}
    manager = members[MANAGER]
    for level in range(1, BY_HAND):
        _step([m for m, goal in goals.items() if level <= goal < BY_HAND], level - 1, level, None)
    chosen = [m for m, goal in goals.items() if goal == BY_HAND and m != manager]
    _step(chosen, 0, BY_HAND, manager)
    _step([manager], 0, BY_HAND, members["admin"])


def _step(members: list[Member], before: int, after: int, by: Member | None) -> None:
    asked = to_rise(after, small=True) if by is None else None
    said: dict[str, Any] = {"rules": VERSION, "small_site": True}
    if asked:
        demanded = {"all_of": dict(asked.all_of), "one_of": dict(asked.one_of)}
        said |= {"counted": demanded["all_of"] | demanded["one_of"], "demanded": demanded}
    TrustChange.objects.bulk_create(
        TrustChange(
            member=member, before=before, after=after, evidence=said,
            by=by, reason=WHY if by else "",
            changed_at=member.date_joined + timedelta(days=9 * after),
        )
        for member in members
    )  # fmt: skip
    set_trust_levels(member_ids=[member.pk for member in members], level=after)
    for member in members:
        member.trust_level = after


def remember(members: Mapping[str, Member], ideas: list[Idea], now: datetime) -> None:
    """Keep the evidence of what the log tells, and of the quiet days that it does not."""
    for deeds in batched(_deeds(), AT_ONCE, strict=False):
        evidence.keep(deeds=deeds)
    chance, today = Random("trust"), site_day(now)  # noqa: S311  # the same community every time
    present = [(m, *PRESENCE[m.trust_level]) for m in members.values() if m.trust_level in PRESENCE]
    days = [
        ActiveDay(member=member, day=today - timedelta(days=ago))
        for member, number, last, _talks in present
        for ago in chance.sample(range(min(last, (now - member.date_joined).days)), number)
    ]
    ActiveDay.objects.bulk_create(days, ignore_conflicts=True)
    talks = [
        Discussed(
            member=member, idea_id=idea.pk, last_on=today - timedelta(days=chance.randrange(80))
        )
        for member, _number, _last, many in present
        for idea in chance.sample(ideas, many)
    ]  # fmt: skip
    Discussed.objects.bulk_create(talks, ignore_conflicts=True)


def _deeds() -> Iterator[Event]:
    kinds = [cls.kind for cls in evidence.DEEDS]
    for row in EventRecord.objects.filter(kind__in=kinds).order_by("pk").iterator():
        yield class_of(row.kind).from_row(
            row.payload, event_id=row.pk, actor_id=row.actor_id, occurred_at=row.occurred_at
        )
