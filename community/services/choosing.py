"""What members choose about being told: how each group comes, quiet hours, the hour of digests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from community import wording
from community.errors import Refused
from community.models import Member, NotificationChoice
from community.models.choice import Delivery
from community.quiet import QuietHours, when


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


def choices_of(member: Member) -> dict[str, str]:
    """How each group comes to a member, by the group's code."""
    chosen = dict(member.notification_choices.values_list("group", "delivery"))
    return {g.code: chosen.get(g.code, str(g.delivery)) for g in wording.groups()}


@transaction.atomic
def choose(*, member: Member, deliveries: Mapping[str, str]) -> None:
    """Set how some groups come. Raises Refused for a group or a way that there is not."""
    known = {group.code for group in wording.groups()}
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
def stop_digest(*, member: Member, period: str) -> list[str]:
    """No more digests of a period: what came in them is on the page. Returns those groups."""
    stopped = [code for code, way in choices_of(member).items() if way == period]
    choose(member=member, deliveries=dict.fromkeys(stopped, Delivery.PAGE.value))
    member.notifications.for_digests().filter(wants_digest=period).update(wants_digest="")
    return stopped


@transaction.atomic
def deliver(*, member: Member, groups: Collection[str], delivery: str) -> None:
    """Let some groups come in one way; those that are not known are left out."""
    known = {group.code for group in wording.groups()}
    choose(member=member, deliveries={code: delivery for code in groups if code in known})
