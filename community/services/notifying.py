"""Telling members what happened, in the page and by e-mail."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import batched

from celery import current_app
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from community import text, wording
from community.models import Mail, Member, Muted, Notification

log = logging.getLogger(__name__)

# Replaying old events fills the page, but wakes nobody up about last month.
MAIL_WHILE_YOUNGER_THAN = timedelta(days=3)
AT_ONCE = 2000
ASKED = "community:mailer-asked"
ASK_AGAIN_AFTER = 2  # seconds


@transaction.atomic
def notify(
    *,
    event_id: int,
    kind: str,
    topic: str,
    subject: str,
    excerpt: str,
    url: str,
    actor_id: int | None,
    recipients: Iterable[int],
    occurred_at: datetime,
) -> int:
    """Tell members of an event, each at most once; returns how many were told now.

    `topic` is what can be muted, such as `idea:12`; `url` is a path on this site. The actor is
    never told, nor are inactive members, nor who muted the actor or blocked or was blocked by them.
    """
    blank = Notification(
        event_id=event_id,
        kind=kind,
        topic=topic,
        subject=text.cut(text.one_line(subject), 240),
        excerpt=excerpt,
        url=url,
        actor_id=_still_there(actor_id),
        created_at=occurred_at,
    )
    others = sorted(set(recipients) - {actor_id})
    return sum(_tell(blank, ids) for ids in batched(others, AT_ONCE, strict=False))


def _still_there(member_id: int | None) -> int | None:
    # The foreign key is checked at commit, where it would take a whole batch of events with it.
    return member_id if Member.objects.filter(pk=member_id).exists() else None


def _tell(blank: Notification, ids: tuple[int, ...]) -> int:
    known = Notification.objects.filter(event_id=blank.event_id, member__in=ids)
    willing = Member.objects.active()
    if blank.actor_id:
        official = wording.is_official(blank.kind)
        willing = willing.willing_to_hear_of(blank.actor_id, official=official)
    fresh = list(
        willing.filter(
            pk__in=set(ids) - set(known.values_list("member_id", flat=True))
        ).values_list("pk", flat=True)
    )
    Notification.objects.bulk_create(
        (blank.for_member(member_id) for member_id in fresh), ignore_conflicts=True
    )
    if timezone.now() - blank.created_at < MAIL_WHILE_YOUNGER_THAN:
        _mail(blank, fresh)
    return len(fresh)


def _mail(blank: Notification, member_ids: list[int]) -> None:
    wanted = Notification.objects.filter(
        event_id=blank.event_id,
        member__in=Member.objects.wanting_mail(blank.topic).filter(pk__in=member_ids),
    ).values_list("pk", flat=True)
    mails = [Mail(notification_id=pk) for pk in wanted]
    if mails:
        Mail.objects.bulk_create(mails, ignore_conflicts=True)
        transaction.on_commit(ask_for_sending, robust=True)


def ask_for_sending() -> None:
    """Ask a worker to send mails, unless this process has just asked."""
    if not cache.add(ASKED, True, ASK_AGAIN_AFTER):  # noqa: FBT003
        return
    try:
        # By name, because tasks stand above services on the ladder.
        current_app.send_task("community.tasks.send_mails")
    except Exception as error:  # kombu lets each transport's own errors through
        cache.delete(ASKED)
        log.warning("The broker did not take the mails (%s); the sweep will send them.", error)


@transaction.atomic
def mark_read(*, notification: Notification) -> None:
    """The member has seen it."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, member: Member, upto: int | None = None) -> None:
    """The member has seen them all, or those up to the one with this id."""
    unread = Notification.objects.of(member).unread()
    if upto is not None:
        unread = unread.filter(pk__lte=upto)
    unread.update(read_at=timezone.now())


@transaction.atomic
def mute(*, member: Member, topic: str) -> None:
    """No more e-mail about a topic; the page still tells."""
    Muted.objects.get_or_create(member=member, topic=topic)


@transaction.atomic
def unmute(*, member: Member, topic: str) -> None:
    """E-mail about the topic again."""
    Muted.objects.filter(member=member, topic=topic).delete()


@transaction.atomic
def want_mails(*, member: Member, wanted: bool) -> None:
    """Switch all e-mails about notifications on or off."""
    Member.objects.filter(pk=member.pk).update(mails=wanted)
    member.mails = wanted
