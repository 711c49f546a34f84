"""What happens to ideas: ids and plain values."""

from dataclasses import dataclass, field

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class IdeaOpened(Event):
    kind = "ideas.opened"
    idea_id: int
    board_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaRevised(Event):
    """`substantial`: the text changed so much after the first vote that supporters are asked."""

    kind = "ideas.revised"
    idea_id: int
    author_id: int
    number: int
    substantial: bool


@dataclass(frozen=True, kw_only=True)
class SupportGiven(Event):
    """A vote began to count."""

    kind = "ideas.support_given"
    idea_id: int
    author_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(Event):
    """A vote that counted counts no more."""

    kind = "ideas.support_withdrawn"
    idea_id: int
    author_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class CommentPosted(Event):
    """`official`: the author spoke for the board's team. `mentioned`: member ids."""

    kind = "ideas.comment_posted"
    idea_id: int
    comment_id: int
    parent_id: int | None
    author_id: int
    comment_kind: str
    official: bool
    mentioned: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class CommentFoundHelpful(Event):
    kind = "ideas.comment_found_helpful"
    comment_id: int
    author_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class PointResolved(Event):
    """A question or concern was settled."""

    kind = "ideas.point_resolved"
    idea_id: int
    comment_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    kind = "ideas.decision_made"
    idea_id: int
    decision_id: int
    author_id: int
    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class TopicBecameIdea(Event):
    """A draft was made of a topic of the forum, for the topic's author to post."""

    kind = "ideas.topic_became_idea"
    topic_id: int
    idea_id: int
    author_id: int
