"""Telling every member what was published, some thousand at a time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity.services import record
from community.events import PolicyTold
from community.models import Member, PolicyVersion
from community.notices import publishing as notices
from community.services import notifying

AT_ONCE = 2000


@transaction.atomic
def tell_of_policy(*, version_id: int, after: int, event_id: int, occurred_at: datetime) -> int:
    """Tell the members whose numbers come next after one, each in their language; returns how many.

    Records how far it came, and so goes on in a transaction of its own until nobody is left.
    """
    version = PolicyVersion.objects.get(pk=version_id)
    later = Member.objects.active().filter(pk__gt=after).order_by("pk")
    members = list(later.values_list("pk", "language")[:AT_ONCE])
    if not members:
        return 0
    told = 0
    for language, ids in _by_language(members).items():
        told += notifying.notify(
            event_id=event_id,
            kind=notices.kind_of(version.kind),
            topic=f"policy:{version.pk}",
            subject="",
            excerpt=_excerpt(version, language),
            url=version.get_absolute_url(),
            actor_id=None,
            recipients=ids,
            occurred_at=occurred_at,
        )
    record(PolicyTold(version_id=version.pk, up_to=members[-1][0]), actor=None)
    return told


def _by_language(members: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for pk, language in members:
        found[language].append(pk)
    return found


def _excerpt(version: PolicyVersion, language: str) -> str:
    """From when it holds, and what changed."""
    assert version.effective_at is not None
    with translation.override(language):
        day = date_format(timezone.localtime(version.effective_at), "DATE_FORMAT")
        begins = _("In force from %(day)s.") % {"day": day}
        return f"{begins} {version.changes}".strip()
