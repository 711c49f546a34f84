"""Terms and policies: publishing them, and who agreed."""

from collections.abc import Iterable
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from activity.services import record
from community.events import PolicyPublished
from community.models import Consent, Member, PolicyVersion, SiteSettings
from community.models.site import CACHE_KEY
from community.policies.publishing import can_publish


@transaction.atomic
def publish_policy(
    *, version: PolicyVersion, effective_at: datetime | None = None, by: Member | None = None
) -> PolicyVersion:
    """Publish a version, in force at once or from a day to come. Raises Refused.

    Members are told, and asked to agree at their first visit once it holds.
    """
    site, _made = SiteSettings.objects.select_for_update().get_or_create(pk=1)
    version = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    can_publish(version, effective_at).enforce()
    version.published_at = timezone.now()
    version.effective_at = effective_at or version.published_at
    version.save(update_fields=["published_at", "effective_at"])
    _note_dates(site)
    record(PolicyPublished(version_id=version.pk, policy=version.kind), actor=by)
    return version


def _note_dates(site: SiteSettings) -> None:
    """What holds since when, and what comes when."""
    published, now = PolicyVersion.objects.published(), timezone.now()
    dates = sorted(at for at in published.values_list("effective_at", flat=True) if at)
    site.policies_since = max((at for at in dates if at <= now), default=None)
    site.policies_coming = [at for at in dates if at > now]
    site.save(update_fields=["policies_since", "policies_coming"])
    cache.delete(CACHE_KEY)


@transaction.atomic
def agree(*, member: Member, versions: Iterable[PolicyVersion], way: str) -> None:
    """Record that a member agreed to these versions, which they saw; again changes nothing."""
    locked = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    Consent.objects.bulk_create(
        [Consent(member=locked, version=version, way=way) for version in versions],
        ignore_conflicts=True,
    )
    # Another version may have been published while they were reading.
    if not PolicyVersion.objects.missing_for(locked.pk).exists():
        newest = PolicyVersion.objects.current().aggregate(at=Max("effective_at"))["at"]
        locked.agreed_up_to = newest
        locked.save(update_fields=["agreed_up_to"])
        member.agreed_up_to = newest


def is_asked(member: Member, site: SiteSettings) -> bool:
    """Whether something holds that a member has not agreed to. No query."""
    since = _newest(site)
    return since is not None and (member.agreed_up_to is None or member.agreed_up_to < since)


def _newest(site: SiteSettings) -> datetime | None:
    """From when the newest policy holds. What was announced comes by itself."""
    if not site.policies_coming:
        return site.policies_since
    come = [at for at in site.policies_coming if at <= timezone.now()]
    return max(come, default=site.policies_since)
