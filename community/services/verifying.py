"""Looking whether the pages that members call theirs link back, in the background."""

import logging
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from activity.services import record
from community import backlinks, fetching
from community.events import LinkVerified
from community.models import FormerHandle, Member, ProfileLink

log = logging.getLogger(__name__)

AT_ONCE = 20
# A worker that is killed while it reads lets go of the link after this long.
CLAIM = timedelta(minutes=10)
LOOK_AGAIN = timedelta(days=7)


def ask_for_checking() -> None:
    """Ask a worker to look; if the broker does not take it, the sweep does it."""
    try:
        # By name, because tasks stand above services on the ladder.
        current_app.send_task("community.tasks.check_links")
    except Exception as error:  # kombu lets each transport's own errors through
        log.warning("The broker did not take the links (%s); the sweep will check them.", error)


def check_due(
    *,
    resolve: fetching.Resolve = fetching.addresses_of,
    connect: fetching.Open = fetching.connection_to,
) -> int:
    """Look at the links that are due; how many were. No transaction is open meanwhile."""
    links = _claim()
    for link in links:
        try:
            page = fetching.read(link.url, resolve=resolve, connect=connect)
        except fetching.Unreachable as reason:
            # What was verified stays so while its page is only away.
            log.info("The link %s was not read: %s", link.pk, reason)
            _settle(link, found=link.verified_at is not None)
        else:
            found = backlinks.leads_to(page, at=link.url, any_of=_addresses_of(link.member))
            _settle(link, found=found)
    return len(links)


@transaction.atomic
def _claim() -> list[ProfileLink]:
    now = timezone.now()
    due = ProfileLink.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    links = list(due.select_related("member")[:AT_ONCE])
    ProfileLink.objects.filter(pk__in=[link.pk for link in links]).update(due_at=now + CLAIM)
    return links


def _addresses_of(member: Member) -> list[str]:
    """Where the member's profile is, and where it was: old addresses lead to it."""
    handles = FormerHandle.objects.filter(member=member).values_list("handle", flat=True)
    return [
        settings.SITE_URL + reverse("community:profile", args=[handle])
        for handle in (member.handle, *handles)
    ]


@transaction.atomic
def _settle(link: ProfileLink, *, found: bool) -> None:
    # Saved anew meanwhile, the link has another id: then this is not about it.
    row = ProfileLink.objects.select_for_update(no_key=True).filter(pk=link.pk).first()
    if row is None:
        return
    now = timezone.now()
    was_verified = row.verified_at is not None
    row.verified_at = (row.verified_at or now) if found else None
    row.due_at = now + LOOK_AGAIN
    row.save(update_fields=["verified_at", "due_at"])
    if found and not was_verified:
        record(LinkVerified(member_id=row.member_id, link_id=row.pk), actor=None)
