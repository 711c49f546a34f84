"""Until when a member may not write. Moderation decides it; the column is written here."""

from datetime import datetime

from django.db import transaction

from community.models import Member
from community.models.member import FOR_GOOD as FOR_GOOD


@transaction.atomic
def set_silence(*, member: Member, until: datetime | None) -> None:
    """They read, take their data along and complain, but write nothing until then."""
    Member.objects.filter(pk=member.pk).update(silenced_until=until)
    member.silenced_until = until
