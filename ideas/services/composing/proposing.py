"""Handing in what was composed: it is published, or waits for a colleague or for its day."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.events import DecisionProposed
from ideas.models import Decision, Idea, PendingDecision
from ideas.models.composing import PendingState
from ideas.models.review import DeedKind
from ideas.services import deeds, steps
from ideas.services.composing.composed import (
    Composed,
    already_waiting,
    keep,
    locked_idea,
    refuse_odd_day,
    row,
)
from ideas.services.composing.publishing import published


@transaction.atomic
def submit(*, idea: Idea, by: Member, composed: Composed) -> Decision | PendingDecision:
    """Publish at once, or let it wait for its day or a second person, as the board asks.

    What the same member has waiting there is replaced. Refused as `steps.decide` refuses; as
    `already_waiting` when a colleague's decision waits and this one would, too.
    """
    idea = locked_idea(idea.pk)
    if policies.needs_second_person(idea.board, composed.to):
        return propose(idea=idea, by=by, composed=composed)
    if composed.publish_at:
        return schedule(idea=idea, by=by, composed=composed)
    _replace_own(idea, by)
    return published(row(idea, by, _with_sight(idea, composed)))


@transaction.atomic
def propose(*, idea: Idea, by: Member, composed: Composed) -> PendingDecision:
    """Ask a colleague for a second look. With a day, it is public then, once approved."""
    pending = _wait(idea, by, composed, PendingState.PROPOSED)
    deeds.write(idea=idea, member=by, kind=DeedKind.PROPOSED, pending=pending.pk, to=composed.to)
    fact = DecisionProposed(idea_id=idea.pk, pending_id=pending.pk, member_id=by.pk)
    record(fact, actor=by)
    return pending


@transaction.atomic
def schedule(*, idea: Idea, by: Member, composed: Composed) -> PendingDecision:
    """Keep a decision for its day. Refused where a second person has to see it first."""
    if composed.publish_at is None:
        raise Refused(_("Say when it is to be public."), code="missing_publish_at")
    pending = _wait(idea, by, composed, PendingState.SCHEDULED)
    deeds.write(
        idea=idea,
        member=by,
        kind=DeedKind.SCHEDULED,
        pending=pending.pk,
        to=composed.to,
        publish_at=composed.publish_at.isoformat(),
    )
    return pending


def _wait(idea: Idea, by: Member, composed: Composed, state: PendingState) -> PendingDecision:
    idea = locked_idea(idea.pk)
    policies.can_see_waiting(by, idea.board).enforce()
    steps.check(idea=idea, to=composed.to, by=by, grounds=composed.grounds, seen=composed.seen)
    if state == PendingState.SCHEDULED:
        policies.can_publish(idea, composed.to, by, None).enforce()
    if composed.publish_at:
        refuse_odd_day(composed.publish_at)
    pending = row(idea, by, _with_sight(idea, composed))
    pending.state = state
    _replace_own(idea, by)
    if idea.pending_decisions.waiting().exists():
        raise already_waiting()
    return keep(pending)


def _with_sight(idea: Idea, composed: Composed) -> Composed:
    """Where nobody asked what its author saw, it is the state of now."""
    if composed.seen is not None:
        return composed
    return replace(composed, seen=steps.last_decision(idea))


def _replace_own(idea: Idea, by: Member) -> None:
    """Another wording is another row: whoever approves approves the words that they read."""
    idea.pending_decisions.waiting().filter(proposed_by=by).update(
        state=PendingState.CANCELLED, ended_at=timezone.now()
    )
