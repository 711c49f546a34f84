"""Trust levels: who has earned one, who is about to lose it, and who has lost it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from activity.services import record_all
from community.models import Member
from community.models.member import MemberQuerySet
from community.services import set_trust_levels
from reputation import measuring
from reputation.demands import BELOW, GRACE, ROLLING, VERSION, Counts, Demands, to_rise, to_stay
from reputation.events import GraceBegan, TrustChanged
from reputation.models import Grace, TrustChange

# Their day must pass, which makes no event: somebody looks after them every hour.
NEWCOMER_FOR = timedelta(days=30)
AT_ONCE = 500


def review(*, member_ids: Collection[int]) -> int:
    """Raise those of them who have earned it; returns by how many levels. Again changes nothing.

    Whoever caught up is in grace no more. Losing is for the nightly review: no deed brings it.
    """
    small = measuring.site_is_small()
    _end_graces(small=small, ids=member_ids)
    return sum(_raise_all(level, small=small, ids=member_ids) for level in range(1, ROLLING + 1))


def review_newcomers() -> int:
    """Review who joined lately; returns how many rose to the first level."""
    lately = Member.objects.filter(date_joined__gte=timezone.now() - NEWCOMER_FOR)
    return _raise_all(1, small=measuring.site_is_small(), among=lately)


def review_all() -> int:
    """Review everybody who could rise or fall, by the clock; returns how many levels changed.

    A few statements find them, however many members there are.
    """
    small = measuring.site_is_small()
    _end_graces(small=small)
    changed = _lower_all(small=small)
    changed += sum(_raise_all(level, small=small) for level in range(1, ROLLING + 1))
    _begin_graces(small=small)
    return changed


@dataclass(frozen=True)
class Step:
    """From one level to the next above or below. Downwards it is taken by whoever does not meet
    what is asked."""

    before: int
    after: int
    asked: Demands
    small: bool

    def is_taken_with(self, counts: Counts) -> bool:
        return self.asked.met_by(counts) == (self.after > self.before)

    def evidence(self, counts: Counts) -> dict[str, Any]:
        return {
            "rules": VERSION,
            "small_site": self.small,
            "counted": dict(counts),
            "demanded": {"all_of": dict(self.asked.all_of), "one_of": dict(self.asked.one_of)},
        }


def _raise_all(
    level: int,
    *,
    small: bool,
    ids: Collection[int] | None = None,
    among: MemberQuerySet | None = None,
) -> int:
    step = Step(level - 1, level, to_rise(level, small=small), small)
    below = (Member.objects.all() if among is None else among).active()
    below = below.filter(trust_level=step.before, email_verified_at__isnull=False)
    return _take_all(step, measuring.who_meet(step.asked, below, ids))


def _lower_all(*, small: bool) -> int:
    step = Step(ROLLING, BELOW, to_stay(small=small), small)
    due = Member.objects.filter(trust_level=ROLLING, grace__ends_at__lte=timezone.now())
    return _take_all(step, due)


def _take_all(step: Step, found: QuerySet[Member]) -> int:
    return sum(_take(step, some) for some in _batches(found))


def _batches(found: QuerySet[Member]) -> Iterable[tuple[int, ...]]:
    return batched(list(found.values_list("pk", flat=True)), AT_ONCE, strict=False)


@transaction.atomic
def _take(step: Step, ids: Collection[int]) -> int:
    """Locked, and counted again: of two reviews at once, the second finds nobody."""
    members = _locked(ids, step.before)
    counts = measuring.counts_of(members, step.asked.measures)
    moving = [member for member in members if step.is_taken_with(counts[member.pk])]
    changes = [
        TrustChange(
            member=member,
            before=step.before,
            after=step.after,
            evidence=step.evidence(counts[member.pk]),
        )
        for member in moving
    ]
    move(changes=changes)
    return len(changes)


def _locked(ids: Collection[int], level: int) -> list[Member]:
    rows = Member.objects.filter(pk__in=ids, trust_level=level)
    return list(rows.select_for_update(no_key=True).order_by("pk"))


def move(*, changes: Sequence[TrustChange]) -> None:
    """Write changes of locked members, and what follows from each. All lead to one level."""
    if not changes:
        return
    ids = [change.member_id for change in changes]
    TrustChange.objects.bulk_create(changes)
    set_trust_levels(member_ids=ids, level=changes[0].after)
    Grace.objects.filter(member__in=ids).delete()
    facts = [
        TrustChanged(
            change_id=change.pk,
            member_id=change.member_id,
            before=change.before,
            after=change.after,
        )
        for change in changes
    ]
    record_all(facts, actor=changes[0].by)


def _begin_graces(*, small: bool) -> None:
    asked = to_stay(small=small)
    there = Member.objects.active().filter(trust_level=ROLLING)
    keeping = measuring.who_meet(asked, there).values("pk")
    for some in _batches(there.filter(grace=None).exclude(pk__in=keeping)):
        _warn(some)


@transaction.atomic
def _warn(ids: Collection[int]) -> None:
    now = timezone.now()
    there = {member.pk for member in _locked(ids, ROLLING)}
    fallen = there - set(Grace.objects.filter(member__in=there).values_list("pk", flat=True))
    rows = [Grace(member_id=pk, began_at=now, ends_at=now + GRACE) for pk in sorted(fallen)]
    Grace.objects.bulk_create(rows)
    ends_on = measuring.site_day(now + GRACE).isoformat()
    facts = [GraceBegan(member_id=row.pk, level=ROLLING, ends_on=ends_on) for row in rows]
    record_all(facts, actor=None)


@transaction.atomic
def _end_graces(*, small: bool, ids: Collection[int] | None = None) -> None:
    warned = Member.objects.filter(trust_level=ROLLING, grace__isnull=False)
    caught_up = measuring.who_meet(to_stay(small=small), warned, ids)
    Grace.objects.filter(member__in=list(caught_up.values_list("pk", flat=True))).delete()
