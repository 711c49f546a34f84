"""The demo's merged ideas, and who has a part in what."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from config.demo import content
from config.demo.content import Row, at
from config.demo.people import Community
from config.demo.proposals import Proposals
from ideas.models import Comment, Contribution, Decision, Idea, Merge
from ideas.models.comment import CommentKind
from ideas.models.contribution import PARTS, Part
from ideas.models.merge import Consent
from ideas.services import crediting, tallies
from ideas.status import Status

# What was used of the talk about an idea that shipped.
USED = (CommentKind.BUILDS_ON, CommentKind.CONCERN)


def merge(proposals: Proposals, community: Community, now: datetime) -> list[Merge]:
    """Put some ideas under others, the oldest merge first."""
    ideas = {row["key"]: idea for row, idea in proposals}
    merges = [_merge(row, ideas, community, now) for row in content.rows("merges")]
    Merge.objects.bulk_create(merges)
    for made in merges:
        made.duplicate.merged_into = made.survivor
        made.duplicate.save(update_fields=["merged_into"])
        tallies.fold(made.survivor_id)
    return merges


def _merge(row: Row, ideas: dict[str, Idea], community: Community, now: datetime) -> Merge:
    survivor = ideas[row["survivor"]]
    replied = row.get("replied_days_ago")
    said = row.get("consent_days_ago")
    return Merge(
        duplicate=ideas[row["duplicate"]],
        survivor=survivor,
        merged_by=community.members[row["by"]],
        team_id=community.team_on(row["by"], survivor.board),
        note=row["note"],
        merged_at=at(now, row["days_ago"]),
        consent=Consent(row["consent"]),
        consent_at=None if said is None else at(now, said),
        objection=row.get("objection", ""),
        reply=row.get("reply", ""),
        replied_by=community.members[row["replied_by"]] if replied else None,
        replied_at=at(now, replied) if replied else None,
    )


def credit(
    proposals: Proposals,
    merges: Iterable[Merge],
    decisions: Iterable[Decision],
    comments: Iterable[Comment],
) -> None:
    """Authors, authors of merged ideas, and what was used of the talk about shipped ideas."""
    crediting.credit_authors(ideas=[idea for _row, idea in proposals if not idea.is_draft])
    for made in merges:
        crediting.credit_merged_author(merge=made, by=made.merged_by)
    steps = list(decisions)
    Contribution.objects.bulk_create(
        part
        for said in comments
        if said.idea.status == Status.SHIPPED
        for part in _used(said, steps)
    )


def _used(said: Comment, steps: Iterable[Decision]) -> Iterator[Contribution]:
    """A comment's part in the first step that followed it, if members' words were used."""
    followed = (step for step in steps if step.idea_id == said.idea_id)
    step = next((step for step in followed if step.created_at > said.created_at), None)
    own = said.author_id == said.idea.author_id or said.team_id is not None
    if step is None or own or said.kind not in USED:
        return
    part = PARTS[CommentKind(said.kind)]
    yield Contribution(
        idea=said.idea,
        member=said.author,
        part=part,
        comment=said,
        decision=step if part == Part.CONCERN else None,
        recorded_by_id=step.member_id,
        recorded_at=step.created_at,
    )
