"""The demo's ideas with their revisions, tags, votes and decisions."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from taggit.models import Tag

from community import markdown
from config.demo.content import Row, at
from config.demo.people import Community
from ideas.models import Decision, Follow, Idea, IdeaRevision, IdeaTag, Support
from ideas.models.support import SupportState
from ideas.services import tallies
from ideas.services.writing import SNIPPET
from ideas.status import Status

type Proposals = list[tuple[Row, Idea]]


def post(rows: list[Row], community: Community, now: datetime) -> Proposals:
    """Write the ideas as they stand today, each with the decisions that brought it there."""
    ideas = [_idea(row, community, now) for row in rows]
    Idea.objects.bulk_create(ideas)
    proposals = list(zip(rows, ideas, strict=True))
    posted = [(row, idea) for row, idea in proposals if not idea.is_draft]
    IdeaRevision.objects.bulk_create(r for row, idea in posted for r in _revisions(row, idea, now))
    _tag(proposals)
    return proposals


def _idea(row: Row, community: Community, now: datetime) -> Idea:
    board = community.boards[row["board"]]
    written = at(now, row["opened_days_ago"])
    revisions = row.get("revisions", [])
    return Idea(
        board=board,
        author=community.members[row["author"]],
        title=row["title"],
        body=row["body"],
        body_html=markdown.render(row["body"]),
        snippet=markdown.plain(row["body"], SNIPPET),
        language=row["language"],
        status=row["status"],
        version=max(1, len(revisions)),
        created_at=written,
        opened_at=None if row["status"] == Status.DRAFT else written,
        edited_at=at(now, revisions[-1]["days_ago"]) if revisions else None,
    )


def _revisions(row: Row, idea: Idea, now: datetime) -> Iterator[IdeaRevision]:
    first = {"title": row["title"], "body": row["body"], "note": ""}
    first["days_ago"] = row["opened_days_ago"]
    for number, said in enumerate(row.get("revisions") or [first], start=1):
        yield IdeaRevision(
            idea=idea,
            number=number,
            title=said["title"],
            body=said["body"],
            note=said["note"],
            editor_id=idea.author_id,
            created_at=at(now, said["days_ago"]),
        )


def _tag(proposals: Proposals) -> None:
    names = sorted({name for row, _ in proposals for name in row["tags"]})
    tags = {name: Tag.objects.create(name=name) for name in names}
    IdeaTag.objects.bulk_create(
        IdeaTag(tag=tags[name], content_object=idea)
        for row, idea in proposals
        for name in row["tags"]
    )


def vote(proposals: Proposals, community: Community, now: datetime) -> list[Support]:
    """Cast every vote; those of unconfirmed addresses wait. Returns the votes in their order."""
    supports = [
        _support(idea, handle, days, community, now)
        for row, idea in proposals
        for handle, days in row["supporters"]
    ]
    supports.sort(key=lambda support: support.created_at)
    Support.objects.bulk_create(supports)
    for _row, idea in proposals:
        tallies.fold(idea.pk)
    return supports


def _support(idea: Idea, handle: str, days: float, community: Community, now: datetime) -> Support:
    member, moment = community.members[handle], at(now, days)
    counts = member.is_verified
    return Support(
        idea=idea,
        member=member,
        state=SupportState.COUNTED if counts else SupportState.PENDING,
        created_at=moment,
        counted_at=moment if counts else None,
    )


def decide(proposals: Proposals, community: Community, now: datetime) -> list[Decision]:
    """Every step that the teams took, oldest first."""
    decisions = [
        decision for row, idea in proposals for decision in _decisions(row, idea, community, now)
    ]
    decisions.sort(key=lambda decision: decision.created_at)
    return Decision.objects.bulk_create(decisions)


def _decisions(row: Row, idea: Idea, community: Community, now: datetime) -> Iterator[Decision]:
    source: str = Status.OPEN
    for step in row["decisions"]:
        made = at(now, step["days_ago"])
        yield Decision(
            idea=idea,
            member=community.members[step["by"]],
            team_id=idea.board.team_id,
            from_status=source,
            to_status=step["to"],
            statement=step["statement"],
            statement_html=markdown.render(step["statement"]),
            reason=step.get("reason_code", ""),
            change_our_mind=step.get("change_our_mind", ""),
            rough_when=step.get("rough_when", ""),
            cost_band=step.get("cost_band", ""),
            revisit_on=_revisit(step, now),
            created_at=made,
        )
        source = step["to"]


def _revisit(step: Row, now: datetime) -> date | None:
    ahead = step.get("revisit_days_ahead")
    return (now + timedelta(days=ahead)).date() if ahead else None


def follow(proposals: Proposals, community: Community, now: datetime) -> list[Follow]:
    """Authors follow their ideas, those who speak follow what they spoke about."""
    began: dict[tuple[int, int], Follow] = {}
    for row, idea in proposals:
        for handle, days in _followers(row):
            member = community.members[handle]
            found = Follow(idea=idea, member=member, created_at=at(now, days))
            began.setdefault((idea.pk, member.pk), found)
    return Follow.objects.bulk_create(began.values())


def _followers(row: Row) -> Iterator[tuple[str, float]]:
    if row["status"] == Status.DRAFT:
        return
    yield row["author"], row["opened_days_ago"]
    for comment in row["comments"]:
        for said in [comment, *comment["replies"]]:
            yield said["author"], said["days_ago"]
