"""Who may hide what, and show it again."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from ideas.models import Idea
from ideas.status import Status
from moderation.models import Case, CaseState, Restriction
from moderation.things import Hideable, authors_of, kind_of

type Thing = Hideable

MAY_RESTRICT = "moderation.add_restriction"
MAY_LIFT = "moderation.change_restriction"


def can_restrict(member: Member, thing: Thing) -> Verdict:
    """Whether somebody may hide what somebody else wrote."""
    verdict = _moderates(member, MAY_RESTRICT, thing)
    if not verdict:
        return verdict
    if isinstance(thing, Idea) and thing.status == Status.DRAFT:
        return no("draft", _("Nobody but its author sees a draft."))
    if thing.hidden_at:
        return no("already_hidden", _("This is hidden already."))
    return _is_free(member, thing)


def _is_free(member: Member, thing: Thing) -> Verdict:
    """Whether no other moderator has it in their hands, and they did not report it themselves."""
    case = Case.objects.running().of(thing, kind_of(thing)).select_related("claimed_by").first()
    if case is None:
        return YES
    if case.state == CaseState.CLAIMED and case.claimed_by_id != member.pk:
        return no("claimed", _("%(name)s looks into this already.") % {"name": case.claimed_by})
    if case.flags.in_force().filter(member=member).exists():
        return no("own_report", _("You reported this yourself. Another moderator decides."))
    return YES


def can_lift(member: Member, restriction: Restriction) -> Verdict:
    """Whether somebody may show again what a restriction hides."""
    verdict = _moderates(member, MAY_LIFT, restriction.thing)
    if verdict and restriction.lifted_at:
        return no("already_shown", _("This is shown again already."))
    return verdict


def _moderates(member: Member, permission: str, thing: Thing) -> Verdict:
    if not (member.is_staff and member.has_perm(permission)):
        return no("not_a_moderator", _("This is for moderators."))
    if member.pk in authors_of(thing):
        return no("own_text", _("You wrote this yourself. Another moderator decides about it."))
    return YES
