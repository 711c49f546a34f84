"""Who of the team has looked at an idea, and who is looking now."""

from django.db import transaction
from django.utils import timezone

from community.models import Member
from ideas import policies
from ideas.lanes import GONE_AFTER
from ideas.models import Idea, IdeaTally, Presence
from ideas.models.review import DeedKind
from ideas.services import deeds


@transaction.atomic
def mark_seen(*, idea: Idea, by: Member) -> bool:
    """The first of a team who opens an idea takes it out of the unseen; False for later ones."""
    policies.can_review(by, idea).enforce()
    unseen = IdeaTally.objects.filter(pk=idea.pk, seen_at=None)
    if not unseen.update(seen_at=timezone.now()):
        return False
    deeds.write(idea=idea, member=by, kind=DeedKind.OPENED)
    return True


@transaction.atomic
def be_present(*, idea: Idea, member: Member, deciding: bool = False) -> None:
    """Somebody has the idea open now, or is writing a decision on it."""
    policies.can_review(member, idea).enforce()
    now = timezone.now()
    Presence.objects.filter(idea=idea, seen_at__lt=now - GONE_AFTER).exclude(member=member).delete()
    Presence.objects.update_or_create(
        idea=idea, member=member, defaults={"seen_at": now, "is_deciding": deciding}
    )
