"""Who speaks for which team."""

from community.models import Member, TeamMembership


def team_ids(member: Member) -> frozenset[int]:
    """The teams of a member, asked once for each member object (and so once for each request)."""
    kept: frozenset[int] | None = member.__dict__.get("_team_ids")
    if kept is None:
        rows = TeamMembership.objects.filter(member=member).values_list("team_id", flat=True)
        kept = member.__dict__["_team_ids"] = frozenset(rows)
    return kept
