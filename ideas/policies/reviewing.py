"""The workspace of the teams."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from ideas.models import (
    Board,
    Idea,
    Note,
    Review,
    SavedView,
)
from ideas.policies.people import DECIDE_ANYWHERE, answers_for, team_ids


def reviewed_by(member: Member) -> list[Board]:
    """The boards that somebody reviews, in order: their teams' own, or all of them."""
    boards = Board.objects.in_order()
    if member.is_staff and member.has_perm(DECIDE_ANYWHERE):
        return list(boards)
    return list(boards.filter(team__in=team_ids(member)))


def can_review(member: Member, idea: Idea) -> Verdict:
    """Whether somebody may see and change what the team keeps to itself about an idea.

    Those of the board's team, and those of a team that the idea was handed to.
    """
    if idea.is_draft:
        return no("not_posted", _("This idea is not posted yet."))
    if answers_for(member, idea.board) or _was_handed(member, idea):
        return YES
    return no("not_your_team", _("Only the team that owns the board reviews this idea."))


def _was_handed(member: Member, idea: Idea) -> bool:
    teams = team_ids(member)
    return bool(teams) and Review.objects.filter(idea=idea, team__in=teams).exists()


def can_open_queue(member: Member) -> Verdict:
    """Whether somebody has a review queue at all."""
    if team_ids(member) or (member.is_staff and member.has_perm(DECIDE_ANYWHERE)):
        return YES
    return no("no_team", _("The review queue is for the teams that answer here."))


def can_be_assigned(assignee: Member, team_id: int) -> Verdict:
    if assignee.is_active and team_id in team_ids(assignee):
        return YES
    return no("not_in_team", _("Only somebody of the team in charge can look after an idea."))


def can_remove_note(member: Member, note: Note) -> Verdict:
    if note.author_id != member.pk:
        return no("not_yours", _("Only the one who wrote a note can remove it."))
    return YES


def can_keep_view(member: Member, team_id: int | None) -> Verdict:
    """Whether somebody may share a view of the queue with a team; None for nobody."""
    if team_id is None or team_id in team_ids(member):
        return YES
    return no("not_your_team", _("A view can be shared with a team of yours."))


def can_change_view(member: Member, view: SavedView) -> Verdict:
    if view.owner_id != member.pk:
        return no("not_yours", _("Only the one who saved a view can change it."))
    return YES
