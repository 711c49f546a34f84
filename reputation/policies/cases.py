"""Who may look into votes, and what may be done with a case."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from reputation.models import Case, CaseState
from reputation.models.cases import RUNNING

MAY_JUDGE = "reputation.change_case"
MAY_VOUCH = "reputation.add_vouch"


def can_claim_case(member: Member, case: Case) -> Verdict:
    """Whether somebody may take a case into their hands."""
    if not (verdict := _judges(member, case)):
        return verdict
    if case.state == CaseState.CLAIMED:
        return no("claimed", _("%(name)s looks into this already.") % {"name": case.claimed_by})
    if case.state != CaseState.OPEN:
        return no("closed", _("This case is closed."))
    return YES


def can_release_case(member: Member, case: Case) -> Verdict:
    """Whether somebody may give a case back: their own, so that nobody else's work is undone."""
    if not (verdict := _judges(member, case)):
        return verdict
    if case.state != CaseState.CLAIMED or case.claimed_by_id != member.pk:
        return no("not_claimed", _("This case is not in your hands."))
    return YES


def can_dismiss_case(member: Member, case: Case) -> Verdict:
    """Whether somebody may call a case a false alarm."""
    if not (verdict := _judges(member, case)):
        return verdict
    if case.state not in RUNNING:
        return no("closed", _("This case is closed."))
    if case.claimed_by_id not in (None, member.pk):
        return no("claimed", _("%(name)s looks into this already.") % {"name": case.claimed_by})
    return YES


def can_vouch(by: Member, member: Member) -> Verdict:
    """Whether somebody may say that they know a member."""
    if not (by.is_staff and by.has_perm(MAY_VOUCH)):
        return no("not_yours", _("This is for the managers of the community."))
    if by.pk == member.pk:
        return no("yourself", _("Somebody else vouches for you."))
    if not member.is_active or not member.is_verified:
        return no("not_here", _("Only members with a confirmed address can be vouched for."))
    return YES


def _judges(member: Member, case: Case) -> Verdict:
    if not (member.is_staff and member.has_perm(MAY_JUDGE)):
        return no("not_a_moderator", _("This is for moderators."))
    if case.votes.filter(voter=member).exists() or case.votes.filter(author=member).exists():
        return no("own_case", _("Your own votes or ideas are in question. Others decide."))
    return YES
