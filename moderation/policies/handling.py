"""What moderators may do with a case."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from moderation.grounds import RESTRICTIVE
from moderation.models import Case, CaseState
from moderation.things import Kind, authors_of

MAY_JUDGE = "moderation.change_case"


def can_claim(member: Member, case: Case) -> Verdict:
    """Whether somebody may take a case into their hands. Its thing must be at hand."""
    if not (verdict := _judges(member, case)):
        return verdict
    if case.claimed_by_id == member.pk and case.state == CaseState.CLAIMED:
        return no("claimed_by_you", _("This case is in your hands already."))
    return _is_free(member, case)


def can_release(member: Member, case: Case) -> Verdict:
    """Whether somebody may give a case back: their own, so that nobody else's work is undone."""
    if not (verdict := _judges(member, case)):
        return verdict
    if case.state != CaseState.CLAIMED or case.claimed_by_id != member.pk:
        return no("not_claimed", _("This case is not in your hands."))
    return YES


def can_decide(member: Member, case: Case, action: str = "") -> Verdict:
    """Whether somebody may decide a case, and so."""
    verdict = _judges(member, case) and _is_free(member, case)
    if verdict and action in RESTRICTIVE and case.kind == Kind.PROFILE:
        return no("not_for_profiles", _("A profile cannot be hidden. Ask its owner to change it."))
    return verdict


def _is_free(member: Member, case: Case) -> Verdict:
    if case.state == CaseState.DECIDED:
        return no("decided", _("This has been decided already."))
    if case.state == CaseState.CLAIMED and case.claimed_by_id != member.pk:
        return no("claimed", _("%(name)s looks into this already.") % {"name": case.claimed_by})
    return YES


def _judges(member: Member, case: Case) -> Verdict:
    if not (member.is_staff and member.has_perm(MAY_JUDGE)):
        return no("not_a_moderator", _("This is for moderators."))
    if member.pk in authors_of(case.thing):
        return no("own_text", _("You wrote this yourself. Another moderator decides about it."))
    if case.flags.in_force().filter(member=member).exists():
        return no("own_report", _("You reported this yourself. Another moderator decides."))
    return YES
