"""Writing down who looks at what is private."""

from django.db import transaction

from community.models import Member, PrivateLook


@transaction.atomic
def note_look(*, viewer: Member, member: Member, what: str) -> None:
    """Somebody is about to see what a member shows to nobody; their own is theirs."""
    if viewer.pk != member.pk:
        PrivateLook.objects.create(viewer=viewer, member=member, what=what)
