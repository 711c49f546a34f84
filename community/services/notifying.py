"""Telling members what happened, in the page and by e-mail."""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import batched

from celery import current_app
from django.core.cache import cache
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from community import text, wording
from community.models import Mail, Member, Muted, Notification
from community.models.choice import DIGESTS, Delivery
from community.recipients import spared
from community.services import choosing

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
    never told, nor are inactive members, nor those whom a rule of `recipients` spares.
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
    others = set(recipients) - {actor_id}
    others -= spared(others, actor_id, kind)
    return sum(_tell(blank, ids) for ids in batched(sorted(others), AT_ONCE, strict=False))


def _still_there(member_id: int | None) -> int | None:
    # The foreign key is checked at commit, where it would take a whole batch of events with it.
    return member_id if Member.objects.filter(pk=member_id).exists() else None


def _tell(blank: Notification, ids: tuple[int, ...]) -> int:
    known = Notification.objects.filter(event_id=blank.event_id, member__in=ids)
    fresh = list(
        Member.objects.active()
        .filter(pk__in=set(ids) - set(known.values_list("member_id", flat=True)))
        .values_list("pk", flat=True)
    )
    Notification.objects.bulk_create(
        (blank.for_member(member_id) for member_id in fresh), ignore_conflicts=True
    )
    if timezone.now() - blank.created_at < MAIL_WHILE_YOUNGER_THAN:
        _mail(blank, fresh)
    return len(fresh)


def _mail(blank: Notification, member_ids: list[int]) -> None:
    """Mails for those who want them at once, a mark for the next digest for the others."""
    wishes = choosing.wishes(blank.kind, blank.topic, member_ids)
    told = Notification.objects.filter(event_id=blank.event_id)
    for period in DIGESTS:
        ids = [wish.member_id for wish in wishes if wish.delivery == period]
        if ids:
            told.filter(member__in=ids).update(wants_digest=period)
    due = {w.member_id: w.due_at for w in wishes if w.delivery == Delivery.AT_ONCE}
    if due:
        rows = told.filter(member__in=due).values_list("pk", "member_id")
        mails = [Mail(notification_id=pk, due_at=due[member_id]) for pk, member_id in rows]
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
    """The member has seen it, and with it what was told together with it."""
    read = Notification.objects.filter(pk=notification.pk)
    if wording.can_be_told_together(notification.kind):
        read = Notification.objects.filter(
            member=notification.member_id,
            kind=notification.kind,
            topic=notification.topic,
            pk__lte=notification.pk,
        )
    read.unread().update(read_at=timezone.now())


@transaction.atomic
def mark(*, member: Member, ids: Collection[int], read: bool) -> int:
    """Mark some of a member's notifications as read or unread; returns how many changed."""
    mine = Notification.objects.of(member).filter(pk__in=ids, read_at__isnull=read)
    return mine.update(read_at=timezone.now() if read else None)


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
def reword(*, subjects: Mapping[str, str]) -> None:
    """What was told about these topics reads by another subject from now on."""
    whens = [When(topic=topic, then=Value(subject)) for topic, subject in subjects.items()]
    if whens:
        told = Notification.objects.filter(topic__in=list(subjects))
        told.update(subject=Case(*whens, default=F("subject")))
