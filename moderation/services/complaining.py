"""Complaints about decisions, and their answers."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community.errors import Refused
from community.models import Member
from moderation import policies
from moderation.events import ComplaintDecided, ComplaintFiled
from moderation.models import Complaint, ComplaintOutcome, Flag, Outcome, Statement
from moderation.services import auditing, hiding
from moderation.services.opening import locked_case

DAYS_TO_ANSWER = 7


@transaction.atomic
def complain(*, statement: Statement, by: Member, words: str) -> Complaint:
    """Say why a decision is wrong. Raises Refused."""
    case, _thing = locked_case(statement.decision.case)
    told = Statement.objects.for_page().get(pk=statement.pk)
    policies.can_complain(by, told).enforce()
    if not words.strip():
        raise Refused(_("Say what is wrong with the decision."), code="no_words")
    made = Complaint.objects.create(
        statement=told,
        member=by,
        words=words,
        filed_at=timezone.now(),
        due_at=timezone.now() + timedelta(days=DAYS_TO_ANSWER),
    )
    record(ComplaintFiled(complaint_id=made.pk, member_id=by.pk), actor=by)
    auditing.note(kind="complained", actor=by, case=case, complaint=made.pk)
    return made


@transaction.atomic
def decide_complaint(*, complaint: Complaint, by: Member, upheld: bool, answer: str) -> Complaint:
    """Answer a complaint. If it is right, all is as it was before. Raises Refused."""
    case, thing = locked_case(complaint.statement.decision.case)
    held = Complaint.objects.for_list().select_for_update(of=("self",)).get(pk=complaint.pk)
    held.statement.decision.case = case
    policies.can_decide_complaint(by, held).enforce()
    if not answer.strip():
        raise Refused(_("Say why."), code="no_answer")
    held.outcome = ComplaintOutcome.UPHELD if upheld else ComplaintOutcome.REJECTED
    held.answer, held.decided_by, held.decided_at = answer, by, timezone.now()
    held.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])
    flaggers = _take_back(held) if upheld else []
    standing = hiding.standing_on(thing) if upheld else None
    if standing and standing.decision_id == held.statement.decision_id:
        hiding.show_again(restriction=standing, by=by, reason=answer)
    fact = ComplaintDecided(
        complaint_id=held.pk, member_id=held.member_id, upheld=upheld, flaggers=flaggers
    )
    record(fact, actor=by)
    auditing.note(
        kind="complaint_decided", actor=by, case=case, complaint=held.pk, outcome=held.outcome
    )
    return held


def _take_back(complaint: Complaint) -> list[int]:
    """Whoever was taken for right was not; returns them."""
    flags = Flag.objects.in_force().filter(case=complaint.statement.decision.case_id)
    were_right = flags.filter(outcome=Outcome.UPHELD)
    members = list(were_right.order_by("member_id").values_list("member_id", flat=True))
    were_right.update(outcome=Outcome.REJECTED)
    return members
