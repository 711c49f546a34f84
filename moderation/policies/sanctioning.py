"""Who may warn and suspend whom, and take it back."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from moderation.models import Sanction
from moderation.models.sanction import SanctionKind

MAY_SANCTION = "moderation.add_sanction"
MAY_LIFT_SANCTION = "moderation.change_sanction"
MAY_BAN = "moderation.ban"


def can_sanction(by: Member, member: Member, kind: str) -> Verdict:
    """Whether somebody may impose a sanction of this kind on a member."""
    if not (by.is_staff and by.has_perm(MAY_SANCTION)):
        return no("not_a_moderator", _("This is for moderators."))
    if by.pk == member.pk:
        return no("own_case", _("This is about yourself. Another moderator decides about it."))
    if not member.is_active:
        return no("not_here", _("This member is not here any more."))
    if member.is_staff and not by.is_superuser:
        return no("staff", _("What members of the staff did is decided above moderation."))
    if kind == SanctionKind.BAN and not by.has_perm(MAY_BAN):
        return no("may_not_ban", _("A ban is for senior moderators."))
    return YES


def can_lift_sanction(by: Member, sanction: Sanction) -> Verdict:
    """Whether somebody may take a sanction back before its end."""
    if not (by.is_staff and by.has_perm(MAY_LIFT_SANCTION)):
        return no("not_a_moderator", _("This is for senior moderators."))
    if by.pk == sanction.member_id:
        return no("own_case", _("This is about yourself. Another moderator decides about it."))
    if sanction.is_over:
        return no("over", _("This is over already."))
    return YES
