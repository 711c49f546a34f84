"""Who stands where: teams, leads, roles."""

from django.utils.translation import gettext_lazy as _

from community.models import Member, TeamMembership
from community.policies.teams import team_ids as team_ids
from community.verdicts import YES, Verdict, no
from ideas.models import (
    Board,
)

DECIDE_ANYWHERE = "ideas.decide_anywhere"


def answers_for(member: Member, board: Board) -> bool:
    """Whether somebody speaks for the company on a board."""
    if board.team_id in team_ids(member):
        return True
    return member.is_staff and member.has_perm(DECIDE_ANYWHERE)


def boards_of(member: Member) -> frozenset[int] | None:
    """The teams on whose boards somebody answers; None where they answer on all."""
    if member.is_staff and member.has_perm(DECIDE_ANYWHERE):
        return None
    return team_ids(member)


def leads(member: Member, board: Board) -> bool:
    """Whether somebody leads the team that owns a board."""
    if board.team_id not in team_ids(member):
        return False
    return TeamMembership.objects.filter(
        member=member, team_id=board.team_id, is_lead=True
    ).exists()


def can_export_all(viewer: Member | None) -> Verdict:
    """Whether a file of a list holds all of it; for others it is cut."""
    if viewer is not None and (team_ids(viewer) or viewer.is_staff):
        return YES
    return no("export_bounded", _("The first 10,000 ideas; members of a team get all of them."))
