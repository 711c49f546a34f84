"""Terms and policies: publishing them, and who agreed."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Refused
from community.models import Consent, Member, PolicyVersion, SiteSettings
from community.models.site import CACHE_KEY


@transaction.atomic
def publish_policy(*, version: PolicyVersion) -> PolicyVersion:
    """Make a version the current one of its kind: members are asked at their next visit."""
    site, _made = SiteSettings.objects.select_for_update().get_or_create(pk=1)
    version = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if version.published_at is not None:
        raise Refused(_("This version is published already."), code="published")
    version.published_at = site.policies_since = timezone.now()
    version.save(update_fields=["published_at"])
    site.save(update_fields=["policies_since"])
    cache.delete(CACHE_KEY)
    return version


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
        newest = PolicyVersion.objects.published().aggregate(at=Max("published_at"))["at"]
        locked.agreed_up_to = newest
        locked.save(update_fields=["agreed_up_to"])
        member.agreed_up_to = newest


def is_asked(member: Member, site: SiteSettings) -> bool:
    """Whether something was published that a member has not agreed to. No query."""
    if site.policies_since is None:
        return False
    return member.agreed_up_to is None or member.agreed_up_to < site.policies_since
