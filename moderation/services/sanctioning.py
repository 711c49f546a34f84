"""Warning, suspending and banning members, with a reason that they read; and taking it back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from activity.services import record
from community.models import Member
from community.services import silencing
from moderation.events import Sanctioned, SanctionLifted
from moderation.models import Clause, Sanction
from moderation.models.sanction import STRIKE_LASTS, SanctionKind
from moderation.policies import can_lift_sanction, can_sanction


@transaction.atomic
def sanction(
    *,
    member: Member,
    by: Member,
    kind: str,
    clause: Clause,
    reason: str,
    severity: int | None = None,
    lasts: timedelta | None = None,
    follows: Sanction | None = None,
    misuse: bool = False,
) -> Sanction:
    """Impose a sanction. Raises Refused.

    `lasts` is for limits and suspensions alone. `severity` is the clause's unless said otherwise.
    A `misuse` measure other than a warning `follows` a warning for misuse; the database insists.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    can_sanction(by, member, kind).enforce()
    weight = severity or clause.severity
    made: Sanction = Sanction.objects.create(
        member=member, by=by, kind=kind, clause=clause, reason=reason, severity=weight,
        misuse=misuse, follows=follows, **_times(weight, lasts),
    )  # fmt: skip
    _silence(member)
    record(Sanctioned(sanction_id=made.pk, member_id=member.pk, sanction=made.kind), actor=by)
    return made


def _times(severity: int, lasts: timedelta | None) -> dict[str, datetime | None]:
    """From when it holds, until when, and until when it counts."""
    now = timezone.now()
    until = now + lasts if lasts else None
    return {"imposed_at": now, "until": until, "strike_until": now + STRIKE_LASTS[severity]}


@transaction.atomic
def lift_sanction(*, sanction: Sanction, by: Member, reason: str) -> Sanction:
    """Take a sanction back before its end, with a reason; its strike goes, too. Raises Refused."""
    member = Member.objects.select_for_update(no_key=True).get(pk=sanction.member_id)
    sanction = Sanction.objects.select_for_update().get(pk=sanction.pk)
    can_lift_sanction(by, sanction).enforce()
    sanction.lifted_at, sanction.lifted_by, sanction.lift_reason = timezone.now(), by, reason
    sanction.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    _silence(member)
    fact = SanctionLifted(sanction_id=sanction.pk, member_id=member.pk, sanction=sanction.kind)
    record(fact, actor=by)
    return sanction


def _silence(member: Member) -> None:
    """Until when somebody cannot write is a column of theirs, which every request has read."""
    rows = Sanction.objects.filter(member=member).silencing()
    ends = dict(rows.values_list("kind", "until").order_by("until"))
    for_good = SanctionKind.BAN in ends
    until = silencing.FOR_GOOD if for_good else max(filter(None, ends.values()), default=None)
    silencing.set_silence(member=member, until=until)
