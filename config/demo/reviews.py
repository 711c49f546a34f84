"""What the demo's teams keep to themselves: who looks after what, scores, notes and views."""

from datetime import datetime, timedelta
from random import Random

from django.db.models import OuterRef, Subquery

from community import markdown
from community.models import Member, Team, TeamMembership
from config.demo.content import Row, rows
from ideas.models import Comment, Idea, IdeaTally, Note, Review, SavedView, TeamDeed
from ideas.models.review import SCORES, DeedKind
from ideas.status import WAITS_FOR_ANSWER

# One undecided idea in so many is left for nobody, unscored and unseen.
LEFT_ALONE = 3


def review(now: datetime, chance: Random) -> None:
    """Let every team look at most of what waits for it."""
    people: dict[int, list[Member]] = {}
    for row in TeamMembership.objects.select_related("member").order_by("pk"):
        people.setdefault(row.team_id, []).append(row.member)
    waiting = Idea.objects.filter(status__in=WAITS_FOR_ANSWER).select_related("board")
    for idea in waiting.order_by("pk"):
        if chance.randrange(LEFT_ALONE) and (team := people.get(idea.board.team_id)):
            _look_at(idea, chance.choice(team), team, now, chance)
    _see_what_was_answered()
    _write_notes(now)
    _save_views()


def _see_what_was_answered() -> None:
    """Who spoke for the team on an idea has opened it."""
    spoken = Comment.objects.filter(idea=OuterRef("pk"), team__isnull=False).order_by("created_at")
    unseen = IdeaTally.objects.filter(seen_at=None, idea__comments__team__isnull=False)
    unseen.update(seen_at=Subquery(spoken.values("created_at")[:1]))


def _look_at(idea: Idea, by: Member, team: list[Member], now: datetime, chance: Random) -> None:
    assert idea.opened_at is not None
    moment = idea.opened_at + (now - idea.opened_at) * chance.uniform(0.1, 0.7)
    IdeaTally.objects.filter(pk=idea.pk).update(seen_at=moment)
    assignee = chance.choice(team)
    scores = {name: chance.randint(1, 5) for name in SCORES} if chance.random() < 0.7 else {}
    Review.objects.create(idea=idea, assignee=assignee, **scores)
    said: list[tuple[str, Row]] = [
        (DeedKind.OPENED, {}),
        (DeedKind.ASSIGNED, {"to": assignee.display_name, "team": ""}),
        *([(DeedKind.SCORED, scores)] if scores else []),
    ]
    TeamDeed.objects.bulk_create(
        TeamDeed(
            idea=idea, member=by, kind=kind, detail=detail, happened_at=moment + timedelta(hours=n)
        )
        for n, (kind, detail) in enumerate(said)
    )


def _write_notes(now: datetime) -> None:
    for row in rows("notes"):
        author = Member.objects.get(handle=row["author"])
        boards = author.teams.values("boards")
        waiting = Idea.objects.filter(status__in=WAITS_FOR_ANSWER, board__in=boards)
        idea = waiting.order_by("-tally__supports", "pk")[row["place"]]
        moment = now - timedelta(days=row["days_ago"])
        note = Note.objects.create(
            idea=idea,
            author=author,
            body=row["body"],
            body_html=markdown.render(row["body"]),
            written_at=max(moment, idea.opened_at or moment),
        )
        TeamDeed.objects.create(
            idea=idea,
            member=author,
            kind=DeedKind.NOTED,
            detail={"note": note.pk},
            happened_at=note.written_at,
        )


def _save_views() -> None:
    for lead in TeamMembership.objects.filter(is_lead=True).select_related("member", "team"):
        _save(lead.member, lead.team, "Needs an owner", "lane=top&assignee=none")
        _save(lead.member, None, "Mine, by date", "lane=due&assignee=me")


def _save(owner: Member, team: Team | None, name: str, query: str) -> None:
    SavedView.objects.create(owner=owner, team=team, name=name, query=query)
