"""What members may ask for about their own account."""

from django.utils.translation import gettext_lazy as _

from community.models import Export, Member
from community.verdicts import YES, Verdict, no


def can_export(member: Member) -> Verdict:
    """One copy at a time."""
    if Export.objects.under_way().filter(member=member).exists():
        return no("export_under_way", _("Your copy is being made already."))
    return YES


def can_leave(member: Member) -> Verdict:
    """Anybody but the last who can run the site."""
    if not member.is_superuser:
        return YES
    others = Member.objects.active().filter(is_superuser=True).exclude(pk=member.pk)
    if others.exists():
        return YES
    return no(
        "last_administrator",
        _("You are the only administrator. Make somebody else one before you go."),
    )
