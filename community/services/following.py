"""Following members: their deeds stand in one's feed, as far as they show them."""

from django.db import transaction

from community import policies
from community.models import Member, MemberFollow


@transaction.atomic
def follow_member(*, member: Member, other: Member) -> None:
    """See in one's feed what another does; harmless when one does already. Raises Refused."""
    policies.can_keep_distance(member, other).enforce()
    MemberFollow.objects.bulk_create(
        [MemberFollow(member=member, followed=other)], ignore_conflicts=True
    )


@transaction.atomic
def unfollow_member(*, member: Member, other: Member) -> None:
    """See it no more."""
    MemberFollow.objects.filter(member=member, followed=other).delete()
