"""Whom a reminder of a promise reaches: who looks after the idea, the team, and who is above it."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from community.models import Member, TeamMembership
from ideas.models import Idea, Promise

HALF, NEAR = 50, 90


def recipients(promise: Promise, percent: int) -> set[int]:
    """Ids of members.

    Half of the time used: the assignee, else the leads. Nine tenths: leads and assignee, else all
    of the team. All of it: community managers and leads.
    """
    assignee, leads = _assignee(promise.owed_on), _of_team(promise, is_lead=True)
    if percent == HALF:
        return assignee or leads or _of_team(promise)
    if percent == NEAR:
        return (leads | assignee) or _of_team(promise)
    return _managers() | leads


def _assignee(idea: Idea) -> set[int]:
    review = getattr(idea, "review", None)
    return {review.assignee_id} if review and review.assignee_id else set()


def _of_team(promise: Promise, **only: bool) -> set[int]:
    rows = TeamMembership.objects.filter(team_id=promise.team_id, **only)
    return set(rows.values_list("member_id", flat=True))


def _managers() -> set[int]:
    """Who decides on every board by a role; where nobody has it, the superusers."""
    role = {"content_type__app_label": "ideas", "codename": "decide_anywhere"}
    by_group = Q(**{f"groups__permissions__{name}": value for name, value in role.items()})
    by_name = Q(**{f"user_permissions__{name}": value for name, value in role.items()})
    staff: QuerySet[Member] = Member.objects.active().filter(is_staff=True)
    found = _ids(staff.filter(by_group | by_name))
    return found or _ids(Member.objects.active().filter(is_superuser=True))


def _ids(members: Iterable[Member]) -> set[int]:
    return {member.pk for member in members}
