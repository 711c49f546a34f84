"""A page of a feed: facts with what they are about, as far as the reader may see it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from activity.events import Event
from community.models import Member
from community.models.sight import blocked_by
from ideas.events import CommentPosted, DecisionMade, IdeaOpened, SupportGiven
from ideas.models import Comment, Decision, Idea, Support
from ideas.models.idea import HEAVY
from ideas.news.lines import Fact, Line, together
from ideas.news.sources import BY_TIME, KINDS, events_for
from ideas.status import Status

# Facts, not lines.
PAGE = 40
LEFT_OUT = (*HEAVY, *(f"merged_into__{name}" for name in HEAVY))

type Told = IdeaOpened | CommentPosted | SupportGiven | DecisionMade


@dataclass(frozen=True)
class Place:
    """Where a page ends; what its cursor is made of."""

    when: datetime
    pk: int


@dataclass(frozen=True)
class News:
    """Some lines, the newest first; `next` is the cursor of the page behind them."""

    lines: list[Line] = field(default_factory=list)
    next: str = ""

    def since(self, moment: datetime | None) -> list[Line]:
        """What is newer than a moment; nothing when there is none."""
        return [line for line in self.lines if moment and line.when > moment]


def page_of(
    member: Member,
    cursor: str = "",
    size: int = PAGE,
    kinds: Collection[type[Event]] = KINDS,
    *,
    apart: bool = False,
) -> News:
    """A page of a member's feed. The same few statements, whatever is on it. Raises BadCursor.

    `apart`: each fact on a line of its own, for readers that know a line by its first fact. What
    was hidden, merged away or taken back since is left out, so a page may be a short one.
    """
    events = events_for(member, cursor, size + 1, kinds)
    more, events = len(events) > size, events[:size]
    end = BY_TIME.encode(Place(events[-1].when, events[-1].id)) if more else ""
    facts = facts_of(events, member)
    return News([Line(f.kind, [f]) for f in facts] if apart else together(facts), end)


def facts_of(events: Sequence[Event], viewer: Member) -> list[Fact]:
    """What can be told of these events, in their order. Five statements at the most."""
    told = [cast("Told", event) for event in events]
    ideas = _ideas({event.idea_id for event in told}, viewer)
    comments = _comments(told)
    decisions = Decision.objects.select_related("team").in_bulk(
        [event.decision_id for event in told if isinstance(event, DecisionMade)]
    )
    standing = _standing(event for event in told if isinstance(event, SupportGiven))
    people = _people(told, ideas.values())
    found = []
    for event in told:
        fact = Fact(
            event=event,
            idea=ideas.get(event.idea_id) or Idea(),
            actors=_actors(event, ideas, people),
            comment=comments.get(event.comment_id) if isinstance(event, CommentPosted) else None,
            decision=decisions.get(event.decision_id) if isinstance(event, DecisionMade) else None,
        )
        if fact.idea.pk and _can_be_told(fact, standing):
            found.append(fact)
    return found


def _ideas(ids: set[int], viewer: Member) -> dict[int, Idea]:
    """The ideas with these numbers, or what they stand under: posted, not hidden, and not by
    somebody whom the viewer blocked."""
    rows = Idea.objects.filter(pk__in=ids).exclude(status=Status.DRAFT)
    rows = rows.filter(hidden_at=None).exclude(blocked_by(viewer, "author"))
    rows = rows.select_related("board", "merged_into__board").defer(*LEFT_OUT)
    roots = {idea.pk: idea.merged_into or idea for idea in rows}
    return {pk: root for pk, root in roots.items() if root.hidden_at is None}


def _comments(told: Iterable[Told]) -> dict[int, Comment]:
    ids = [event.comment_id for event in told if isinstance(event, CommentPosted)]
    return Comment.objects.shown().defer("body_html").in_bulk(ids)


def _standing(given: Iterable[SupportGiven]) -> set[tuple[int, int]]:
    """Which of these supports count: idea and member."""
    pairs = {(event.idea_id, event.member_id) for event in given}
    if not pairs:
        return set()
    rows = Support.objects.counted().filter(
        idea__in={idea for idea, _ in pairs}, member__in={member for _, member in pairs}
    )
    return pairs & set(rows.values_list("idea_id", "member_id"))


def _people(told: Iterable[Told], ideas: Iterable[Idea]) -> dict[int, Member]:
    ids = {event.actor_id for event in told if event.actor_id}
    ids |= {pk for idea in ideas for pk in idea.co_author_ids}
    found: dict[int, Member] = Member.objects.in_bulk(ids)
    return found


def _actors(event: Told, ideas: dict[int, Idea], people: dict[int, Member]) -> tuple[Member, ...]:
    ids = [event.actor_id or 0]
    if isinstance(event, IdeaOpened) and event.idea_id in ideas:
        ids += ideas[event.idea_id].co_author_ids
    return tuple(people[pk] for pk in dict.fromkeys(ids) if pk in people)


def _can_be_told(fact: Fact, standing: set[tuple[int, int]]) -> bool:
    """Whether it is still so: neither taken back nor hidden."""
    event = fact.event
    if isinstance(event, SupportGiven):
        return (event.idea_id, event.member_id) in standing
    if isinstance(event, CommentPosted):
        return fact.comment is not None and bool(fact.actors)
    return fact.decision is not None if isinstance(event, DecisionMade) else bool(fact.actors)
