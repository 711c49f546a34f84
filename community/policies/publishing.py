"""What of the terms, the privacy policy and the house rules may be published, and from when."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import PolicyVersion
from community.verdicts import YES, Verdict, no


def can_publish(version: PolicyVersion, effective_at: datetime | None) -> Verdict:
    """Whether a version may be published, in force at once or from a day to come."""
    if version.published_at is not None:
        return no("published", _("This version is published already."))
    if effective_at is not None and effective_at < timezone.now():
        return no("in_the_past", _("What was not announced cannot have held already."))
    if _announced_for_later(version, effective_at):
        return no(
            "overtaken", _("Another version is announced for a later day. This one comes after it.")
        )
    return YES


def _announced_for_later(version: PolicyVersion, effective_at: datetime | None) -> bool:
    """Versions come into force in the order in which they were published."""
    announced = PolicyVersion.objects.announced().filter(kind=version.kind)
    return announced.filter(effective_at__gte=effective_at or timezone.now()).exists()
