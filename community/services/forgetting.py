"""What members were told, and what became of mail to them, is not kept for ever."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from community.models import Bounce, Digest, Notification

READ = timedelta(days=365)
# Who has not looked for so long will not read what was told then.
UNREAD = timedelta(days=2 * 365)
MAIL = timedelta(days=365)


def forget_old(*, batch: int = 5000) -> int:
    """Remove what was read a year ago or told two years ago, and the digests and refusals of more
    than a year ago; a batch at a time. Returns how many rows that were."""
    now = timezone.now()
    read = Notification.objects.filter(read_at__lt=now - READ).order_by("read_at")
    return (
        _remove(read, batch)
        + _remove_from_the_start(Notification.objects.all(), "created_at", now - UNREAD, batch)
        + _remove_from_the_start(Digest.objects.all(), "created_at", now - MAIL, batch)
        + _remove_from_the_start(Bounce.objects.all(), "received_at", now - MAIL, batch)
    )


def _remove(rows: QuerySet[Any], batch: int) -> int:
    removed = 0
    while ids := list(rows.values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            rows.model.objects.filter(pk__in=ids).delete()
        removed += len(ids)
    return removed


def _remove_from_the_start(rows: QuerySet[Any], since: str, before: datetime, batch: int) -> int:
    """Ids rise with time, so that the old ones are found without an index on it: the walk ends at
    the first batch that holds a young one."""
    removed = 0
    while first := list(rows.order_by("pk").values_list("pk", F(since))[:batch]):
        ids = [pk for pk, when in first if when < before]
        with transaction.atomic():
            rows.model.objects.filter(pk__in=ids).delete()
        removed += len(ids)
        if len(ids) < len(first):
            break
    return removed
