"""Who may give and take the level that nobody earns by numbers."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from reputation.demands import BY_HAND

MAY_APPOINT = "reputation.appoint"


def can_appoint(by: Member, member: Member) -> Verdict:
    if not (verdict := _may(by, member)):
        return verdict
    if member.trust_level == BY_HAND:
        return no("has_it_already", _("This member has the highest trust level already."))
    if not member.is_active or not member.is_verified:
        return no("not_here", _("Only members with a confirmed address can have it."))
    return YES


def can_dismiss(by: Member, member: Member) -> Verdict:
    if not (verdict := _may(by, member)):
        return verdict
    if member.trust_level != BY_HAND:
        return no("has_it_not", _("This member does not have the highest trust level."))
    return YES


def _may(by: Member, member: Member) -> Verdict:
    if not (by.is_staff and by.has_perm(MAY_APPOINT)):
        return no("not_yours", _("This is for the managers of the community."))
    if by.pk == member.pk:
        return no("yourself", _("Somebody else decides about your own trust level."))
    return YES
