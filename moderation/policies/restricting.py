"""Who may hide what, and show it again."""

from django.utils.translation import gettext_lazy as _

from community.models import Member, Reply, Topic
from community.verdicts import YES, Verdict, no
from ideas.models import Comment, Idea
from ideas.status import Status
from moderation.models import Restriction

type Thing = Idea | Comment | Topic | Reply

MAY_RESTRICT = "moderation.add_restriction"
MAY_LIFT = "moderation.change_restriction"


def can_restrict(member: Member, thing: Thing) -> Verdict:
    """Whether somebody may hide what somebody else wrote."""
    verdict = _moderates(member, MAY_RESTRICT, thing.author_id)
    if not verdict:
        return verdict
    if isinstance(thing, Idea) and thing.status == Status.DRAFT:
        return no("draft", _("Nobody but its author sees a draft."))
    if thing.hidden_at:
        return no("already_hidden", _("This is hidden already."))
    return YES


def can_lift(member: Member, restriction: Restriction) -> Verdict:
    """Whether somebody may show again what a restriction hides."""
    thing = restriction.thing
    assert thing is not None
    verdict = _moderates(member, MAY_LIFT, thing.author_id)
    if verdict and restriction.lifted_at:
        return no("already_shown", _("This is shown again already."))
    return verdict


def _moderates(member: Member, permission: str, author_id: int) -> Verdict:
    if not (member.is_staff and member.has_perm(permission)):
        return no("not_a_moderator", _("This is for moderators."))
    if author_id == member.pk:
        return no("own_text", _("You wrote this yourself. Another moderator decides about it."))
    return YES
