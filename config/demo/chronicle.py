"""The demo's past, written into the log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from activity.events import Event
from activity.models import Bookmark, EventRecord
from activity.registry import subscribers
from community import markdown
from community.events import AddressConfirmed, MemberJoined
from config.demo.people import Community
from ideas.events import (
    CommentFoundHelpful,
    CommentPosted,
    ContributionCredited,
    DecisionMade,
    IdeaOpened,
    IdeaRevised,
    IdeasMerged,
    MergeAnswered,
    ObjectionAnswered,
    PointResolved,
    SupportGiven,
)
from ideas.models import (
    Comment,
    Contribution,
    Decision,
    Follow,
    HelpfulMark,
    Idea,
    IdeaRevision,
    IdeaTag,
    Merge,
    Support,
)


@dataclass(frozen=True)
class Past:
    """Everything that was written."""

    community: Community
    ideas: list[Idea]
    supports: list[Support]
    follows: list[Follow]
    decisions: list[Decision]
    comments: list[Comment]
    marks: list[HelpfulMark]
    merges: list[Merge]
    forum: "Sequence[Happening]" = ()


@dataclass(frozen=True)
class Happening:
    """One event, and what is behind it, if members are told of it."""

    when: datetime
    actor_id: int
    event: Event
    behind: Comment | Decision | Merge | None = None


def record(past: Past) -> list[tuple[int, Happening]]:
    """Write the log, oldest first; returns each event's id with it."""
    happenings = sorted(
        [
            *_of_members(past),
            *_of_ideas(past),
            *_of_votes(past),
            *_of_threads(past),
            *_of_merges(past),
            *_of_credits(),
            *past.forum,
        ],
        key=attrgetter("when"),
    )
    rows = EventRecord.objects.bulk_create(
        [
            EventRecord(
                kind=h.event.kind,
                payload=h.event.payload(),
                topics=list(h.event.topics),
                for_team=h.event.for_team,
                actor_id=h.actor_id,
                occurred_at=h.when,
            )
            for h in happenings
        ],
        batch_size=1000,
    )
    return [(row.pk, happening) for row, happening in zip(rows, happenings, strict=True)]


def _of_members(past: Past) -> Iterator[Happening]:
    for member in past.community.members.values():
        yield Happening(member.date_joined, member.pk, MemberJoined(member_id=member.pk))
        if member.email_verified_at:
            confirmed = AddressConfirmed(member_id=member.pk)
            yield Happening(member.email_verified_at, member.pk, confirmed)


def _of_ideas(past: Past) -> Iterator[Happening]:
    authors = {idea.pk: idea.author_id for idea in past.ideas}
    boards = {idea.pk: idea.board_id for idea in past.ideas}
    tags = IdeaTag.objects.ids_of(authors.keys())
    for idea in past.ideas:
        if idea.opened_at:
            opened = IdeaOpened(
                idea_id=idea.pk,
                board_id=idea.board_id,
                author_id=idea.author_id,
                tag_ids=tags[idea.pk],
            )
            yield Happening(idea.opened_at, idea.author_id, opened)
    for revision in IdeaRevision.objects.filter(number__gt=1):
        author = authors[revision.idea_id]
        revised = IdeaRevised(
            idea_id=revision.idea_id, author_id=author, number=revision.number, substantial=False
        )
        yield Happening(revision.created_at, author, revised)
    for decision in past.decisions:
        made = DecisionMade(
            idea_id=decision.idea_id,
            decision_id=decision.pk,
            author_id=authors[decision.idea_id],
            source=decision.from_status,
            target=decision.to_status,
            board_id=boards[decision.idea_id],
            tag_ids=tags[decision.idea_id],
        )
        yield Happening(decision.created_at, decision.member_id or 0, made, decision)


def _of_votes(past: Past) -> Iterator[Happening]:
    for support in past.supports:
        if support.counted_at:
            given = SupportGiven(
                idea_id=support.idea_id,
                author_id=support.idea.author_id,
                member_id=support.member_id,
            )
            yield Happening(support.counted_at, support.member_id, given)


def _of_threads(past: Past) -> Iterator[Happening]:
    for said in past.comments:
        posted = CommentPosted(
            idea_id=said.idea_id,
            comment_id=said.pk,
            parent_id=said.parent_id,
            author_id=said.author_id,
            comment_kind=said.kind,
            official=said.team_id is not None,
            mentioned=_mentioned(said, past.community),
        )
        yield Happening(said.created_at, said.author_id, posted, said)
        if said.resolved_at and said.resolved_by_id:
            settled = PointResolved(
                idea_id=said.idea_id, comment_id=said.pk, author_id=said.author_id
            )
            yield Happening(said.resolved_at, said.resolved_by_id, settled)
    for mark in past.marks:
        if mark.helpful:
            found = CommentFoundHelpful(
                comment_id=mark.comment_id,
                author_id=mark.comment.author_id,
                member_id=mark.member_id,
            )
            yield Happening(mark.marked_at, mark.member_id, found)


def _of_merges(past: Past) -> Iterator[Happening]:
    for merge in past.merges:
        author_id = merge.duplicate.author_id
        merged = IdeasMerged(
            idea_id=merge.survivor_id,
            duplicate_id=merge.duplicate_id,
            merge_id=merge.pk,
            author_id=author_id,
        )
        yield Happening(merge.merged_at, merge.merged_by_id, merged, merge)
        if merge.consent_at:
            said = MergeAnswered(merge_id=merge.pk, author_id=author_id, consent=merge.consent)
            yield Happening(merge.consent_at, author_id, said)
        if merge.replied_at and merge.replied_by_id:
            replied = ObjectionAnswered(merge_id=merge.pk, author_id=author_id)
            yield Happening(merge.replied_at, merge.replied_by_id, replied)


def _of_credits() -> Iterator[Happening]:
    """What was used of the talk."""
    for part in Contribution.objects.filter(comment__isnull=False):
        credited = ContributionCredited(
            contribution_id=part.pk,
            idea_id=part.idea_id,
            comment_id=part.comment_id,
            author_id=part.member_id,
            part=part.part,
        )
        yield Happening(part.recorded_at, part.recorded_by_id or 0, credited)


def _mentioned(said: Comment, community: Community) -> list[int]:
    found = (community.members.get(handle) for handle in markdown.mentioned(said.body))
    # Somebody who joined later can be named, but was not there to be told.
    return sorted(m.pk for m in found if m and m.date_joined <= said.created_at)


def close(log_end: int) -> None:
    """Mark the log as read by everyone who listens: all of it has been acted on above. But for
    those who read it by windows: they keep the books, and book it themselves."""
    end = EventRecord.objects.only("transaction_id").get(pk=log_end)
    for listener in subscribers():
        if listener.bulky:
            continue
        Bookmark.objects.update_or_create(
            subscriber=listener.name,
            defaults={"transaction_id": end.transaction_id, "event_id": end.pk},
        )
