"""Trust levels: who has earned one, by the evidence in the log."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Count, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.utils import timezone

from activity.models import EventRecord
from community.models import Member
from community.services import set_trust_level
from ideas.events import CommentPosted, IdeaOpened, SupportGiven
from reputation.demands import SMALL_SITE, VERSION, Demands, Evidence, demands_for_trust_1
from reputation.models import TrustChange

DEEDS = (IdeaOpened.kind, SupportGiven.kind, CommentPosted.kind)
# Later on, a member's next deed asks for the review.
NEWCOMER_FOR = timedelta(days=30)
AT_ONCE = 500


@transaction.atomic
def review(*, member_ids: Collection[int]) -> int:
    """Raise those of them to TL1 who have earned it; returns how many. Again changes nothing."""
    newcomers = Member.objects.active().filter(
        pk__in=member_ids, trust_level=0, email_verified_at__isnull=False
    )
    members = list(newcomers.select_for_update().order_by("pk"))
    if not members:
        return 0
    now, demands = timezone.now(), _demands()
    activity = _activity_of([member.pk for member in members])
    raised = 0
    for member in members:
        evidence = _evidence(member, activity.get(member.pk, (0, 0)), now)
        if evidence.meets(demands):
            _raise(member, evidence, demands)
            raised += 1
    return raised


def review_newcomers() -> int:
    """Review who joined lately, as the day that must pass makes no event; returns how many rose."""
    lately = Member.objects.active().filter(
        trust_level=0,
        email_verified_at__isnull=False,
        date_joined__gte=timezone.now() - NEWCOMER_FOR,
    )
    ids: Iterable[int] = lately.order_by("pk").values_list("pk", flat=True).iterator()
    return sum(review(member_ids=some) for some in batched(ids, AT_ONCE, strict=False))


def _demands() -> Demands:
    return demands_for_trust_1(Member.objects.active()[:SMALL_SITE].count())


def _activity_of(member_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Active days and deeds by member. A vote given, withdrawn and given again is one deed."""
    gap = Value(" ", output_field=TextField())
    kind = Cast("kind", TextField())
    comment = Coalesce(KT("payload__comment_id"), gap)
    deed = Concat(kind, gap, KT("payload__idea_id"), gap, comment)
    rows = (
        EventRecord.objects.filter(actor_id__in=member_ids, kind__in=DEEDS)
        .values_list("actor_id")
        .annotate(
            active_days=Count(TruncDate("occurred_at"), distinct=True),
            deeds=Count(deed, distinct=True),
        )
    )
    return {actor_id: (days, deeds) for actor_id, days, deeds in rows if actor_id}


def _evidence(member: Member, activity: tuple[int, int], now: datetime) -> Evidence:
    return Evidence(
        is_verified=member.is_verified,
        membership=now - member.date_joined,
        active_days=activity[0],
        deeds=activity[1],
    )


def _raise(member: Member, evidence: Evidence, demands: Demands) -> None:
    TrustChange.objects.create(
        member=member,
        before=member.trust_level,
        after=1,
        evidence={
            "rules": VERSION,
            "hours": int(evidence.membership / timedelta(hours=1)),
            "active_days": evidence.active_days,
            "deeds": evidence.deeds,
            "demanded": {
                "hours": int(demands.membership / timedelta(hours=1)),
                "active_days": demands.active_days,
                "or_deeds": demands.deeds,
            },
        },
    )
    set_trust_level(member=member, level=1)
