"""What members choose about being told: how each group comes, quiet hours, the hour of digests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from community import wording
from community.errors import Refused
from community.models import Member, Notification, NotificationChoice
from community.models.choice import DIGESTS, Delivery
from community.quiet import QuietHours, when

HOURS = ("digest_hour", "quiet_from", "quiet_until")


@dataclass(frozen=True)
class Wish:
    """How a member wants to hear of something by mail, and when a mail may go out."""

    member_id: int
    delivery: str
    due_at: datetime


def wishes(kind: str, topic: str, member_ids: Collection[int]) -> list[Wish]:
    """The wishes of those whom e-mail about this would reach. One query."""
    group, now = wording.group_of(kind), timezone.now()
    chosen = NotificationChoice.objects.filter(member=OuterRef("pk"), group=group.code)
    delivery = Coalesce(Subquery(chosen.values("delivery")[:1]), Value(str(group.delivery)))
    reached = Member.objects.wanting_mail(topic).filter(pk__in=member_ids).annotate(way=delivery)
    rows = reached.values_list("pk", "way", "quiet_from", "quiet_until", "time_zone")
    return [
        Wish(
            pk,
            Delivery.AT_ONCE.value if group.binding else way,
            when(now, _hours(quiet_from, quiet_until, zone)),
        )
        for pk, way, quiet_from, quiet_until, zone in rows
    ]


def _hours(start: time | None, end: time | None, zone: str) -> QuietHours | None:
    if start is None or end is None:
        return None
    return QuietHours(start, end, ZoneInfo(zone))


def loud_at(member: Member, now: datetime) -> datetime:
    """When a mail that is due now may go out: at the end of the member's quiet hours."""
    return when(now, _hours(member.quiet_from, member.quiet_until, member.time_zone))


def choices_of(member: Member) -> dict[str, str]:
    """How each group comes to a member, by the group's code."""
    chosen = dict(member.notification_choices.values_list("group", "delivery"))
    groups = wording.groups(serves=member.serves)
    return {group.code: chosen.get(group.code, str(group.delivery)) for group in groups}


@transaction.atomic
def change(*, member: Member, deliveries: Mapping[str, str], **changes: Any) -> Member:
    """Change all that is said at once, or nothing: how some groups come, `mails`, and HOURS.

    Raises Refused. Returns the member as changed.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    hours = {name: changes.get(name, getattr(member, name)) for name in HOURS}
    set_hours(member=member, **hours)
    choose(member=member, deliveries=deliveries)
    want_mails(member=member, wanted=changes.get("mails", member.mails))
    return member


@transaction.atomic
def choose(*, member: Member, deliveries: Mapping[str, str]) -> None:
    """Set how some groups come. Raises Refused for a group or a way that there is not."""
    known = {group.code for group in wording.groups(serves=member.serves)}
    if not known.issuperset(deliveries):
        raise Refused(_("There is no such group of notifications."), code="unknown_group")
    if not set(Delivery.values).issuperset(deliveries.values()):
        raise Refused(_("Notifications cannot come that way."), code="unknown_delivery")
    NotificationChoice.objects.bulk_create(
        (NotificationChoice(member=member, group=g, delivery=d) for g, d in deliveries.items()),
        update_conflicts=True,
        unique_fields=["member", "group"],
        update_fields=["delivery"],
    )
    _move_what_waits(member, deliveries)


def _move_what_waits(member: Member, deliveries: Mapping[str, str]) -> None:
    """What waits for a digest follows the choice; what comes at once from now on stays in it."""
    waiting = Notification.objects.for_digests().filter(member=member)
    for delivery in (Delivery.PAGE, *DIGESTS):
        groups = [group for group, chosen in deliveries.items() if chosen == delivery]
        kinds = [kind for group in groups for kind in wording.kinds_in(group)]
        wanted = "" if delivery == Delivery.PAGE else delivery.value
        waiting.filter(kind__in=kinds).update(wants_digest=wanted)


@transaction.atomic
def set_hours(
    *, member: Member, digest_hour: int, quiet_from: time | None, quiet_until: time | None
) -> None:
    """Set when digests come and when no mail does; both ends of the quiet hours, or none."""
    if (quiet_from is None) != (quiet_until is None):
        raise Refused(_("Say when the quiet hours begin and when they end."), code="half_quiet")
    if quiet_from is not None and quiet_from == quiet_until:
        raise Refused(_("Quiet hours end at another time than they begin."), code="never_loud")
    member.digest_hour, member.quiet_from, member.quiet_until = digest_hour, quiet_from, quiet_until
    member.save(update_fields=["digest_hour", "quiet_from", "quiet_until"])


@transaction.atomic
def want_mails(*, member: Member, wanted: bool) -> None:
    """Switch all e-mails about notifications on or off. What waited is not sent later."""
    if not wanted:
        member.notifications.for_digests().update(wants_digest="")
    Member.objects.filter(pk=member.pk).update(mails=wanted)
    member.mails = wanted


@transaction.atomic
def stop_digest(*, member: Member, period: str) -> list[str]:
    """No more digests of a period: what came in them is on the page. Returns those groups."""
    stopped = [code for code, way in choices_of(member).items() if way == period]
    choose(member=member, deliveries=dict.fromkeys(stopped, Delivery.PAGE.value))
    member.notifications.for_digests().filter(wants_digest=period).update(wants_digest="")
    return stopped


@transaction.atomic
def deliver(*, member: Member, groups: Collection[str], delivery: str) -> None:
    """Let some groups come in one way; those that are not known are left out."""
    known = {group.code for group in wording.groups(serves=member.serves)}
    choose(member=member, deliveries={code: delivery for code in groups if code in known})
