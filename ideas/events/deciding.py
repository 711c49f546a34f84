"""Decisions: proposed, approved, made."""

from dataclasses import dataclass, field

from activity.events import Event
from ideas.topics import board_topic, tag_topic, topic_of


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    """`board_id` and `tag_ids`: where it stood at that moment."""

    kind = "ideas.decision_made"
    idea_id: int
    decision_id: int
    author_id: int
    source: str
    target: str
    board_id: int = 0
    tag_ids: list[int] = field(default_factory=list)

    @property
    def topics(self) -> tuple[str, ...]:
        tags = (tag_topic(pk) for pk in self.tag_ids)
        return (topic_of(self.idea_id), board_topic(self.board_id), *tags)

    @property
    def for_team(self) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class DecisionProposed(Event):
    """Somebody wrote a decision that waits for a colleague. Private to the team, like the next."""

    kind = "ideas.decision_proposed"
    idea_id: int
    pending_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionApproved(Event):
    """A second person said yes; it is public, or will be on its day."""

    kind = "ideas.decision_approved"
    idea_id: int
    pending_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionReturned(Event):
    kind = "ideas.decision_returned"
    idea_id: int
    pending_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionCancelled(Event):
    kind = "ideas.decision_cancelled"
    idea_id: int
    pending_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionOvertaken(Event):
    """A waiting decision was not published: another step came first, or its author may not."""

    kind = "ideas.decision_overtaken"
    idea_id: int
    pending_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionPublished(Event):
    """A scheduled decision went out on its day."""

    kind = "ideas.decision_published"
    idea_id: int
    pending_id: int
    member_id: int
