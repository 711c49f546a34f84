"""The demo's comments, replies and helpful marks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from community import markdown, wilson
from community.models import Member
from config.demo.content import Row, at
from config.demo.people import Community
from config.demo.proposals import Proposals
from ideas.models import Comment, HelpfulMark, Idea
from ideas.models.comment import CommentKind

# One reader in so many found a comment unhelpful, and said so.
DISSENT = 14


def comment(
    proposals: Proposals, community: Community, now: datetime, chance: Random
) -> list[Comment]:
    """Write every thread; returns the comments in the order they were written."""
    first: list[tuple[Row, Comment]] = [
        (said, _comment(said, idea, community, now, chance))
        for row, idea in proposals
        for said in row["comments"]
    ]
    first.sort(key=lambda pair: pair[1].created_at)
    Comment.objects.bulk_create(written for _said, written in first)
    replies = [
        _comment(reply, written.idea, community, now, chance, parent=written)
        for said, written in first
        for reply in said["replies"]
    ]
    replies.sort(key=lambda reply: reply.created_at)
    Comment.objects.bulk_create(replies)
    return sorted([c for _, c in first] + replies, key=lambda written: written.created_at)


def _comment(
    said: Row,
    idea: Idea,
    community: Community,
    now: datetime,
    chance: Random,
    parent: Comment | None = None,
) -> Comment:
    member, when = community.members[said["author"]], at(now, said["days_ago"])
    helpful = said["helpful"]
    unhelpful = sum(chance.randrange(DISSENT) == 0 for _ in range(helpful))
    settled = _settled_at(said, now)
    return Comment(
        idea=idea,
        parent=parent,
        author=member,
        team_id=community.team_on(said["author"], idea.board),
        kind=said.get("kind", CommentKind.COMMENT),
        body=said["body"],
        body_html=markdown.render(said["body"]),
        created_at=when,
        resolved_at=settled,
        resolved_by=member if settled else None,
        helpful=helpful,
        unhelpful=unhelpful,
        helpful_score=wilson.lower_bound(helpful, unhelpful),
    )


def _settled_at(said: Row, now: datetime) -> datetime | None:
    """Whoever asked was content a little after the last reply."""
    if not said.get("resolved"):
        return None
    last = min([reply["days_ago"] for reply in said["replies"]], default=said["days_ago"])
    return min(at(now, last) + timedelta(hours=5), now)


def mark(
    comments: list[Comment], community: Community, now: datetime, chance: Random
) -> list[HelpfulMark]:
    """Find as many readers for each comment as it has marks."""
    readers = [member for member in community.members.values() if member.is_verified]
    return HelpfulMark.objects.bulk_create(
        found for said in comments for found in _marks(said, readers, now, chance)
    )


def _marks(
    said: Comment, readers: list[Member], now: datetime, chance: Random
) -> Iterator[HelpfulMark]:
    others = [reader for reader in readers if reader.pk != said.author_id]
    chosen = chance.sample(others, said.helpful + said.unhelpful)
    for number, reader in enumerate(chosen):
        began = max(said.created_at, reader.date_joined)
        moment = began + min(timedelta(days=chance.expovariate(0.3)), (now - began) * 0.9)
        yield HelpfulMark(
            comment=said, member=reader, helpful=number < said.helpful, marked_at=moment
        )
