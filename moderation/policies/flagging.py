"""Who may report what."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from ideas.models import Idea
from ideas.status import Status
from moderation.models import Case, CaseState, Flag
from moderation.things import Thing, authors_of, kind_of, say

MOST_A_DAY = 20


def can_flag(member: Member, thing: Thing) -> Verdict:
    """Whether somebody may report this."""
    if not member.is_active or not member.is_verified:
        return no("unverified", _("Confirm your e-mail address first."))
    if member.pk in authors_of(thing):
        return no("own_text", _("You wrote this yourself. You can change it, or take it back."))
    if _is_out_of_sight(thing):
        return no("hidden", _("This is not shown any more."))
    return _once(member, thing) and _within_limits(member)


def can_withdraw_flag(member: Member, flag: Flag) -> Verdict:
    """Whether somebody may take a report back: their own, as long as nobody has decided."""
    if flag.member_id != member.pk:
        return no("not_yours", _("This is somebody else's report."))
    if flag.withdrawn_at:
        return no("withdrawn", _("You took this report back already."))
    if flag.case.state == CaseState.DECIDED:
        return no("decided", _("This has been decided already."))
    return YES


def _is_out_of_sight(thing: Thing) -> bool:
    if isinstance(thing, Member):
        return not thing.is_active
    return bool(thing.hidden_at) or (isinstance(thing, Idea) and thing.status == Status.DRAFT)


def _once(member: Member, thing: Thing) -> Verdict:
    """One report each while it is looked into; and what was judged is judged as it stands."""
    last = Case.objects.of(thing, kind_of(thing)).order_by("-pk").first()
    if last is None:
        return YES
    if last.state != CaseState.DECIDED:
        mine = last.flags.in_force().filter(member=member)
        return no("flagged", _("You reported this already.")) if mine.exists() else YES
    if (last.title, last.text) == ((said := say(thing)).title, said.text):
        return no("judged", _("A moderator has looked at exactly this text already."))
    return YES


def _within_limits(member: Member) -> Verdict:
    lately = timezone.now() - timedelta(days=1)
    if Flag.objects.filter(member=member, flagged_at__gt=lately).count() >= MOST_A_DAY:
        return no("too_many", _("You reported a lot today. Go on tomorrow, please."))
    return YES
