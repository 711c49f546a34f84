"""Whom the team knows, and how far trust reaches from there."""

import numpy as np
from django.db import transaction
from django.utils import timezone

from community.models import Friendship, Member
from community.models.friendship import Bond
from community.services import set_graph_trust
from reputation import policies
from reputation.detecting.sybilrank import rank
from reputation.models import Vouch


@transaction.atomic
def vouch(*, member: Member, by: Member, why: str) -> Vouch:
    """Say that one knows a member. Whoever is vouched for already stays so."""
    policies.can_vouch(by, member).enforce()
    made, _new = Vouch.objects.get_or_create(
        member=member, ended_at=None, defaults={"by": by, "why": why}
    )
    return made


@transaction.atomic
def end_vouch(*, vouch: Vouch) -> None:
    """Trust starts here no more, from the next night on."""
    locked = Vouch.objects.select_for_update().get(pk=vouch.pk)
    if locked.ended_at is None:
        locked.ended_at = timezone.now()
        locked.save(update_fields=["ended_at"])


def spread_trust() -> int:
    """Rank all members who have friends; returns how many ranks changed. See `sybilrank`."""
    pairs = _friendships()
    seeds = Vouch.objects.filter(ended_at=None, member__is_active=True)
    known = np.array(list(seeds.values_list("member_id", flat=True)), np.int64)
    members, ranks = rank(pairs[:, 0], pairs[:, 1], known)
    return set_graph_trust(ranks=dict(zip(members.tolist(), ranks.tolist(), strict=True)))


def _friendships() -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    rows = Friendship.objects.filter(state=Bond.FRIENDS).values_list("lo_id", "hi_id")
    return np.array(list(rows.iterator(10_000)), np.int64).reshape(-1, 2)
