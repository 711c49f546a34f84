"""The demo's members, teams, boards and site settings."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from community.models import Member, SiteSettings, Team, TeamMembership
from config.demo import content, roles, trust
from config.demo.content import Row, at
from config.demo.logins import PASSWORD
from ideas.models import Board

IN_THE_ADMIN = set(roles.GROUP_OF)
BOARD_FIELDS = (
    "slug", "name", "description", "position", "answer_threshold", "answer_days",
    "reopen_threshold", "uses_budget",
)  # fmt: skip


@dataclass(frozen=True)
class Community:
    """Everybody and every board, by handle and slug; `team_of` maps handles to team ids."""

    members: dict[str, Member]
    boards: dict[str, Board]
    team_of: dict[str, int]

    def team_on(self, handle: str, board: Board) -> int | None:
        """The team that somebody speaks for on a board."""
        return board.team_id if self.team_of.get(handle) == board.team_id else None


def settle(now: datetime) -> Community:
    """Write them all."""
    _name_the_site()
    people = sorted(content.rows("members"), key=lambda row: -row["joined_days_ago"])
    members = _members(people, now)
    roles.assign(people, members)
    trust.earn(people, members)
    teams = {row["slug"]: Team(**row) for row in content.rows("teams")}
    Team.objects.bulk_create(teams.values())
    serving = [row for row in people if row["team"]]
    TeamMembership.objects.bulk_create(
        TeamMembership(team=teams[row["team"]], member=members[row["handle"]], is_lead=row["lead"])
        for row in serving
    )
    team_of = {row["handle"]: teams[row["team"]].pk for row in serving}
    return Community(members, _boards(teams), team_of)


def _name_the_site() -> None:
    texts = content.texts()
    site = {"name": texts["name"], "contact_email": texts["contact"]}
    for language in ("en", "de"):
        site[f"headline_{language}"] = texts["headline"][language]
        site[f"lead_{language}"] = texts["lead"][language]
    SiteSettings.objects.update_or_create(pk=1, defaults=site)


def _members(people: list[Row], now: datetime) -> dict[str, Member]:
    # One hash for all: sixty slow hashes would take longer than everything else together.
    password = make_password(PASSWORD)
    members = {row["handle"]: _member(row, now, password) for row in people}
    Member.objects.bulk_create(members.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=member.is_verified, primary=True)
        for member in members.values()
    )
    return members


def _member(row: Row, now: datetime, password: str) -> Member:
    joined = at(now, row["joined_days_ago"])
    return Member(
        handle=row["handle"],
        display_name=row["display_name"],
        email=row["email"],
        language=row["language"],
        time_zone=row["time_zone"],
        date_joined=joined,
        email_verified_at=joined + timedelta(minutes=9) if row["verified"] else None,
        is_staff=row["role"] in IN_THE_ADMIN,
        is_superuser=row["role"] == "admin",
        password=password,
    )


def _boards(teams: dict[str, Team]) -> dict[str, Board]:
    """Not written yet: config.demo.promises gives them their calendars and their past."""
    boards = [
        Board(
            team=teams[row["team"]],
            needs_second_person=row.get("needs_second_person", False),
            **{name: row[name] for name in BOARD_FIELDS},
        )
        for row in content.rows("boards")
    ]
    return {board.slug: board for board in boards}
