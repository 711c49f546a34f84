"""Who may void votes. Many of them take two people, and nobody judges their own case."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from ideas.models import Voiding
from ideas.models.voiding import ALONE, UNDER_WAY, VoidingState

MAY_DRAFT = "ideas.add_voiding"
MAY_VOID = "ideas.change_voiding"
MAY_LOOK = "ideas.view_voiding"
# One transaction voids as many. More are split by narrower conditions.
MOST = 20_000


def can_draft_voiding(member: Member) -> Verdict:
    return _voids(member, MAY_DRAFT)


def can_change_voiding(member: Member, voiding: Voiding) -> Verdict:
    """Whether its conditions and reasons may still be rewritten."""
    verdict = _voids(member, MAY_DRAFT)
    if verdict and voiding.state != VoidingState.DRAFT:
        return no("not_a_draft", _("What a second person was asked about stands as it was."))
    return verdict


def can_ask_second(member: Member, voiding: Voiding) -> Verdict:
    return can_change_voiding(member, voiding)


def can_cancel_voiding(member: Member, voiding: Voiding) -> Verdict:
    return _under_way(member, voiding)


def can_carry_out(member: Member, voiding: Voiding, votes: int) -> Verdict:
    """Whether somebody may void that many votes by this voiding."""
    verdict = _under_way(member, voiding)
    if not verdict:
        return verdict
    if not votes:
        return no("matches_nothing", _("No vote fits these conditions."))
    if votes > MOST:
        reason = _("More than %(number)d votes at once. Narrow the conditions.")
        return no("too_many", reason % {"number": MOST})
    return _alone(member, voiding, votes)


def _alone(member: Member, voiding: Voiding, votes: int) -> Verdict:
    """Whether a second person is needed, and whether this is one."""
    if voiding.state == VoidingState.WAITING and voiding.made_by_id != member.pk:
        return YES
    if votes > ALONE or voiding.state == VoidingState.WAITING:
        reason = _("More than %(number)d votes are voided by two people: ask a second one.")
        return no("second_person", reason % {"number": ALONE})
    if Voiding.objects.alone_lately(member) + votes > ALONE:
        reason = _("You have voided as many as one person may in a day: ask a second one.")
        return no("second_person", reason)
    return YES


def can_undo_voiding(member: Member, voiding: Voiding) -> Verdict:
    verdict = _voids(member, MAY_VOID)
    if verdict and voiding.state != VoidingState.DONE:
        return no("not_in_force", _("Only what is in force can be undone."))
    return verdict


def _under_way(member: Member, voiding: Voiding) -> Verdict:
    verdict = _voids(member, MAY_VOID)
    if verdict and voiding.state not in UNDER_WAY:
        return no("over", _("This voiding is over."))
    return verdict


def _voids(member: Member, permission: str) -> Verdict:
    if not (member.is_staff and member.has_perm(permission)):
        return no("not_a_moderator", _("This is for moderators."))
    return YES


def own_case() -> Verdict:
    """The refusal for whoever is among those concerned."""
    return no(
        "own_case",
        _("Votes of yours, or for ideas of yours, are among these. Somebody else decides."),
    )


def is_voided() -> Verdict:
    """The refusal of a vote that was voided and is given again."""
    return no(
        "voided",
        _(
            "Your support of this idea was voided, so it cannot be given again at present. If that "
            "is a mistake, write to those who run this site: the address stands at the foot of "
            "each page, and the reason in the public log of votes."
        ),
    )
