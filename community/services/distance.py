"""Keeping others away: blocks, and mutes."""

from django.db import transaction

from community import policies
from community.models import Block, Friendship, Member, Mute, Notification


@transaction.atomic
def block(*, member: Member, other: Member) -> None:
    """Want nothing to do with another: friendship and requests end, each is hidden from the other,
    and what either was told of the other's deeds is forgotten. Raises Refused."""
    policies.can_keep_distance(member, other).enforce()
    # The pair's row first, as everybody takes it; the trigger of the block ends what it says.
    Friendship.objects.select_for_update(no_key=True).between(member, other).first()
    Block.objects.bulk_create([Block(blocker=member, blocked=other)], ignore_conflicts=True)
    for one, another in ((member, other), (other, member)):
        Notification.objects.of(one).filter(actor=another).delete()


@transaction.atomic
def unblock(*, member: Member, other: Member) -> None:
    """Lift one's block. What it ended stays ended."""
    Block.objects.filter(blocker=member, blocked=other).delete()


@transaction.atomic
def mute_member(*, member: Member, other: Member) -> None:
    """Hear no more of another's deeds. Nothing else changes. Raises Refused."""
    policies.can_keep_distance(member, other).enforce()
    Mute.objects.bulk_create([Mute(member=member, muted=other)], ignore_conflicts=True)


@transaction.atomic
def unmute_member(*, member: Member, other: Member) -> None:
    """Hear of their deeds again, from now on."""
    Mute.objects.filter(member=member, muted=other).delete()
