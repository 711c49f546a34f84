"""Who writes an idea, and who may be asked to write along."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.models.friendship import Friend
from community.verdicts import YES, Verdict, no
from ideas.models import CoAuthor, Idea
from ideas.models.co_author import MOST_CO_AUTHORS, CoAuthorState


def writes(member: Member, idea: Idea) -> bool:
    """Whether somebody is the author of an idea or one of its co-authors."""
    return member.pk == idea.author_id or member.pk in idea.co_author_ids


def can_gather(member: Member, draft: Idea) -> Verdict:
    """Whether somebody says who writes a draft along."""
    if draft.author_id != member.pk:
        return no("not_yours", _("Whoever began a draft says who co-writes it."))
    if not draft.is_draft:
        return no("not_a_draft", _("What is posted keeps the co-authors it has."))
    return YES


def can_invite(member: Member, draft: Idea, friend: Member) -> Verdict:
    """Whether a member may ask this friend to write a draft along."""
    if not (verdict := can_gather(member, draft)):
        return verdict
    if not Friend.objects.filter(member=member, friend=friend).exists():
        return no("not_a_friend", _("You can write together with your friends."))
    asked = CoAuthor.objects.filter(idea=draft)
    if asked.filter(member=friend, state=CoAuthorState.DECLINED).exists():
        return no("declined", _("They declined to co-write this one."))
    if asked.holding().exclude(member=friend).count() >= MOST_CO_AUTHORS:
        reason = _("An idea has %(number)d co-authors at the most.")
        return no("too_many_co_authors", reason % {"number": MOST_CO_AUTHORS})
    return YES


def can_join(member: Member, row: CoAuthor) -> Verdict:
    """Whether an invitation may still be accepted."""
    if row.state != CoAuthorState.INVITED or not row.idea.is_draft:
        return no("no_invitation", _("This invitation is over: it was taken back or posted."))
    if not Friend.objects.filter(member=row.idea.author_id, friend=member).exists():
        return no("not_a_friend", _("You can write together with your friends."))
    return YES


def can_send_off(member: Member, draft: Idea) -> Verdict:
    """Whether somebody may post a draft: whoever began it, when all have had their say."""
    if draft.is_draft and writes(member, draft) and draft.author_id != member.pk:
        return no("author_posts", _("Whoever began the draft posts it."))
    if draft.author_id != member.pk or not draft.is_draft:
        return no("not_a_draft", _("Only your own drafts can be posted."))
    return YES


def can_redraft(member: Member, draft: Idea) -> Verdict:
    """Whether somebody may change a draft: whoever writes it."""
    if not draft.is_draft or not writes(member, draft):
        return no("not_a_draft", _("Only drafts that you write can be changed here."))
    return YES
