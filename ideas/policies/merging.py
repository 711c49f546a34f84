"""Merging, and credit for what others said."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from ideas.models import (
    Comment,
    Idea,
    Merge,
)
from ideas.models.comment import CommentKind
from ideas.models.contribution import PARTS
from ideas.models.merge import Consent
from ideas.policies.people import answers_for
from ideas.status import Status


def is_merged(idea: Idea) -> Verdict:
    """The refusal of what belongs to the idea that stands for this one."""
    title = Idea.objects.values_list("title", flat=True).get(pk=idea.root_id)
    reason = _("This idea was merged into “%(title)s”. Go on there.")
    return no("merged", reason % {"title": title})


def can_merge(member: Member, duplicate: Idea, survivor: Idea) -> Verdict:
    """Whether somebody may put one idea under another that stands for itself."""
    if not (answers_for(member, duplicate.board) and answers_for(member, survivor.board)):
        return no("not_your_merge", _("Merging is for the teams that own both boards."))
    if duplicate.pk == survivor.pk:
        return no(
            "own_chain",
            _("An idea cannot be merged into itself, nor into one that was merged into it."),
        )
    if duplicate.merged_into_id:
        return is_merged(duplicate)
    return _can_take_part(duplicate) and _can_take_part(survivor)


def _can_take_part(idea: Idea) -> Verdict:
    """Whether an idea may be one of two that are merged."""
    if idea.is_draft:
        return no("draft", _("Drafts are not merged."))
    if idea.hidden_at:
        return no("hidden", _("This idea is hidden by moderation."))
    if idea.status == Status.SHIPPED:
        return no("shipped", _("What has shipped is not merged any more."))
    return YES


def can_offer_merge(member: Member, idea: Idea) -> Verdict:
    """Whether somebody may look for another idea to merge this one into."""
    if not answers_for(member, idea.board):
        return no("not_your_merge", _("Merging is for the teams that own both boards."))
    return is_merged(idea) if idea.merged_into_id else _can_take_part(idea)


def can_unmerge(member: Member, merge: Merge, root: Idea) -> Verdict:
    """Either of the two teams may undo a merge, whatever has happened to the ideas since."""
    if merge.undone_at:
        return no("undone", _("This merge has been undone."))
    if answers_for(member, merge.duplicate.board) or answers_for(member, root.board):
        return YES
    return no("not_your_merge", _("Merging is for the teams that own both boards."))


def can_answer_merge(member: Member, merge: Merge) -> Verdict:
    """Agreeing and objecting are for the author of what was merged, until the team has replied."""
    if merge.undone_at:
        return no("undone", _("This merge has been undone."))
    if merge.duplicate.author_id != member.pk:
        return no("not_yours", _("Only the author of the merged idea can say that."))
    if merge.replied_at:
        return no("replied", _("The team has replied to your objection."))
    return YES


def can_reply_to_objection(member: Member, merge: Merge) -> Verdict:
    if merge.undone_at or merge.consent != Consent.OBJECTED or merge.replied_at:
        return no("no_objection", _("There is no objection that waits for a reply."))
    boards = (merge.duplicate.board, merge.survivor.board)
    if any(answers_for(member, board) for board in boards):
        return YES
    return no("not_your_step", _("This step is for the team that owns the board."))


def can_credit(member: Member, comment: Comment) -> Verdict:
    """Whether somebody may say that a comment was used.

    What builds on an idea, its author may adopt; the rest is for the team.
    """
    if comment.kind not in PARTS or comment.hidden_at or comment.team_id:
        return no("nothing_to_credit", _("Only what members have added can be credited."))
    if comment.author_id == comment.idea.author_id:
        return no("own_idea", _("The author has the credit for the idea already."))
    if comment.author_id == member.pk:
        return no("own_comment", _("Whether your comment was used is for others to say."))
    adopts = comment.kind == CommentKind.BUILDS_ON and comment.idea.author_id == member.pk
    if adopts or answers_for(member, comment.idea.board):
        return YES
    return no("not_your_credit", _("The team says what was used; authors, what they adopted."))
