"""Who may look at whose points."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no

MAY_READ = "reputation.view_entry"


def can_see_points(viewer: Member, member: Member) -> Verdict:
    """Whether somebody may read a member's points one by one: their own, or as one of the staff.

    That somebody supported something is for them to show; here it could be read off.
    """
    if viewer.pk == member.pk or (viewer.is_staff and viewer.has_perm(MAY_READ)):
        return YES
    return no("not_your_points", _("Where points come from is shown to whoever has them."))
