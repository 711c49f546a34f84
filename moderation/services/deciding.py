"""Deciding a case: the decision, what it does, who is told, and what it says of the reports."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from activity.services import record
from community.models import Member
from moderation import policies
from moderation.events import CaseDecided
from moderation.grounds import RESTRICTIVE, TOLD, Action
from moderation.models import Case, CaseState, Decision, Outcome
from moderation.services import auditing, hiding, stating
from moderation.services.opening import locked_case
from moderation.services.stating import Finding
from moderation.things import Thing


@transaction.atomic
def decide(*, case: Case, by: Member, **said: Any) -> Decision:
    """Decide a case for good; `said` are the fields of a Finding. Raises Refused.

    Of two moderators at once, the second is Refused as `decided`.
    """
    finding = Finding(**said)
    held, thing = locked_case(case)
    policies.can_decide(by, held, finding.action).enforce()
    return settle(case=held, thing=thing, by=by, finding=finding)


def settle(*, case: Case, thing: Thing, by: Member, finding: Finding) -> Decision:
    """The same, once all is locked and allowed."""
    finding.check()
    decision = stating.write(case=case, by=by, finding=finding)
    if finding.action in TOLD:
        stating.tell(decision=decision, thing=thing)
    _carry_out(decision, thing, by, finding)
    upheld, rejected = _judge_flags(case, finding.action)
    case.state, case.claimed_by, case.decided_at = CaseState.DECIDED, by, timezone.now()
    case.save(update_fields=["state", "claimed_by", "decided_at"])
    fact = CaseDecided(
        case_id=case.pk,
        decision_id=decision.pk,
        author_id=case.author_id,
        action=finding.action,
        thing=case.kind,
        thing_id=thing.pk,
        upheld=upheld,
        rejected=rejected,
    )
    record(fact, actor=by)
    auditing.note(kind="decided", actor=by, case=case, decision=decision, action=finding.action)
    return decision


def _carry_out(decision: Decision, thing: Thing, by: Member, finding: Finding) -> None:
    """Hide it, or show again what a program hid until now."""
    if isinstance(thing, Member):
        return
    if finding.action in RESTRICTIVE:
        hiding.impose(decision=decision, thing=thing, by=by, spam=finding.spam)
        return
    standing = hiding.standing_on(thing)
    if standing and standing.decision and standing.decision.is_for_now:
        hiding.show_again(restriction=standing, by=by, reason=finding.facts)


def _judge_flags(case: Case, action: str) -> tuple[list[int], list[int]]:
    """Members who were right, and who were not."""
    outcome = Outcome.REJECTED if action == Action.NO_ACTION else Outcome.UPHELD
    flags = case.flags.in_force()
    members = list(flags.order_by("member_id").values_list("member_id", flat=True))
    flags.update(outcome=outcome)
    return (members, []) if outcome == Outcome.UPHELD else ([], members)
