"""What is said on ideas, and what became of it."""

from dataclasses import dataclass, field

from activity.events import Event
from ideas.topics import topic_of


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

    @property
    def topics(self) -> tuple[str, ...]:
        return (topic_of(self.idea_id),)

    @property
    def for_team(self) -> bool:
        return self.official


@dataclass(frozen=True, kw_only=True)
class CommentFoundHelpful(Event):
    kind = "ideas.comment_found_helpful"
    comment_id: int
    author_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class CommentHelpfulWithdrawn(Event):
    kind = "ideas.comment_helpful_withdrawn"
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
class ContributionCredited(Event):
    """A comment, or a reply in the forum, was used: its author has a part in the idea."""

    kind = "ideas.contribution_credited"
    contribution_id: int
    idea_id: int
    comment_id: int | None = None
    reply_id: int | None = None
    author_id: int
    part: str


@dataclass(frozen=True, kw_only=True)
class ContributionTakenBack(Event):
    """The part that a comment or a reply had in an idea was taken back."""

    kind = "ideas.contribution_taken_back"
    contribution_id: int
    idea_id: int
    comment_id: int | None = None
    reply_id: int | None = None
    author_id: int
    part: str
