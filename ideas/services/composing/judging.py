"""The second person, and changes of mind: approve, return, reschedule, cancel."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.events import Event
from activity.services import record
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.events import DecisionApproved, DecisionCancelled, DecisionReturned
from ideas.models import PendingDecision
from ideas.models.composing import PendingState
from ideas.models.review import DeedKind
from ideas.services import deeds
from ideas.services.composing.composed import locked, refuse_odd_day
from ideas.services.composing.publishing import tried


@transaction.atomic
def approve(*, pending: PendingDecision, by: Member) -> PendingDecision:
    """Say yes to a colleague's proposal: it is public now, or on its day.

    When it does not fit any more (another step came first), it is not published but marked as
    overtaken: look at the `state` of what comes back.
    """
    pending = locked(pending)
    policies.can_judge(by, pending).enforce()
    pending.approved_by = by
    if pending.publish_at and pending.publish_at > timezone.now():
        pending.state = PendingState.SCHEDULED
        pending.save(update_fields=["state", "approved_by"])
    elif tried(pending, by) is None:
        return pending
    _note(pending, by, DeedKind.APPROVED)
    _record(DecisionApproved, pending, by)
    return pending


@transaction.atomic
def return_(*, pending: PendingDecision, by: Member, remark: str) -> PendingDecision:
    """Give a proposal back to its author, with what should be different."""
    pending = locked(pending)
    policies.can_judge(by, pending).enforce()
    if not remark.strip():
        raise Refused(_("Say what should be different."), code="missing_remark")
    _end(pending, PendingState.RETURNED, remark)
    _note(pending, by, DeedKind.RETURNED, remark=remark)
    _record(DecisionReturned, pending, by)
    return pending


@transaction.atomic
def reschedule(*, pending: PendingDecision, by: Member, publish_at: datetime) -> PendingDecision:
    """Move a scheduled decision to another moment."""
    pending = locked(pending)
    policies.can_reschedule(by, pending).enforce()
    refuse_odd_day(publish_at)
    pending.publish_at = publish_at
    pending.save(update_fields=["publish_at"])
    _note(pending, by, DeedKind.SCHEDULED, publish_at=publish_at.isoformat())
    return pending


@transaction.atomic
def cancel(*, pending: PendingDecision, by: Member, remark: str = "") -> PendingDecision:
    """It is not to be published after all."""
    pending = locked(pending)
    policies.can_cancel(by, pending).enforce()
    _end(pending, PendingState.CANCELLED, remark)
    _note(pending, by, DeedKind.CANCELLED, remark=remark)
    _record(DecisionCancelled, pending, by)
    return pending


def _end(pending: PendingDecision, state: PendingState, remark: str) -> None:
    pending.state, pending.remark, pending.ended_at = state, remark, timezone.now()
    pending.save(update_fields=["state", "remark", "ended_at"])


def _note(pending: PendingDecision, by: Member, kind: DeedKind, **detail: str) -> None:
    deeds.write(
        idea=pending.idea,
        member=by,
        kind=kind,
        pending=pending.pk,
        to=pending.to_status,
        **detail,
    )


type PendingEvent = type[DecisionApproved | DecisionReturned | DecisionCancelled]


def _record(event: PendingEvent, pending: PendingDecision, by: Member) -> None:
    fact: Event = event(
        idea_id=pending.idea_id, pending_id=pending.pk, member_id=pending.proposed_by_id
    )
    record(fact, actor=by)
