"""Who may look at whose points, and what rules may say."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from reputation.models import RuleBook
from reputation.models.rules import NOTICE

MAY_READ = "reputation.view_entry"


def can_see_points(viewer: Member, member: Member) -> Verdict:
    """Whether somebody may read a member's points one by one: their own, or as one of the staff.

    That somebody supported something is for them to show; here it could be read off.
    """
    if viewer.pk == member.pk or (viewer.is_staff and viewer.has_perm(MAY_READ)):
        return YES
    return no("not_your_points", _("Where points come from is shown to whoever has them."))


def can_hold_from(moment: datetime) -> Verdict:
    """Whether a new version of the rules may hold from then on."""
    if moment < timezone.now() + NOTICE:
        return no("too_early", _("Rules hold ten minutes from now at the earliest."))
    if RuleBook.objects.filter(holds_from__gte=moment).exists():
        return no("out_of_order", _("A version that holds later is there already."))
    return YES
