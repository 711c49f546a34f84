"""Who may complain about a decision, and who answers."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from moderation.models import Complaint, Statement
from moderation.things import authors_of

MAY_ANSWER = "moderation.change_complaint"


def can_complain(member: Member, statement: Statement) -> Verdict:
    """Whether somebody may complain about what they were told. Once, and within half a year."""
    if statement.member_id != member.pk:
        return no("not_yours", _("This was told somebody else."))
    if statement.answered_by:
        return no("complained", _("You complained about this already."))
    if not statement.is_in_time:
        return no("too_late", _("The time to complain about this is over."))
    restriction = getattr(statement.decision, "restriction", None)
    if restriction and restriction.lifted_at:
        return no("already_shown", _("This is shown again already."))
    return YES


def can_decide_complaint(member: Member, complaint: Complaint) -> Verdict:
    """Whether somebody may answer a complaint: never who decided first, nor whose it is."""
    if not (member.is_staff and member.has_perm(MAY_ANSWER)):
        return no("not_a_moderator", _("This is for moderators."))
    if complaint.decided_at:
        return no("decided", _("This has been decided already."))
    if member.pk == complaint.first_decider_id:
        return no("decided_first", _("You decided this first. Another moderator answers."))
    if _is_involved(member, complaint):
        return no("own_case", _("You are part of this case yourself. Another moderator answers."))
    return YES


def _is_involved(member: Member, complaint: Complaint) -> bool:
    case = complaint.statement.decision.case
    if member.pk in {complaint.member_id, *authors_of(case.thing)}:
        return True
    return case.flags.in_force().filter(member=member).exists()
