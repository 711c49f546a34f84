"""What happens to ideas: ids and plain values."""

from dataclasses import dataclass, field

from activity.events import Event
from ideas.topics import board_topic, tag_topic, topic_of


@dataclass(frozen=True, kw_only=True)
class IdeaOpened(Event):
    """`co_author_ids`: who wrote it together with the author."""

    kind = "ideas.opened"
    idea_id: int
    board_id: int
    author_id: int
    co_author_ids: list[int] = field(default_factory=list)
    tag_ids: list[int] = field(default_factory=list)

    @property
    def topics(self) -> tuple[str, ...]:
        tags = (tag_topic(pk) for pk in self.tag_ids)
        return (topic_of(self.idea_id), board_topic(self.board_id), *tags)


@dataclass(frozen=True, kw_only=True)
class CoAuthorInvited(Event):
    """An author asked a friend to write a draft along. What is declined is no fact to tell."""

    kind = "ideas.co_author_invited"
    idea_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class CoAuthorJoined(Event):
    kind = "ideas.co_author_joined"
    idea_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class CoAuthorGone(Event):
    """A co-author left a draft, or its author took them out of it."""

    kind = "ideas.co_author_gone"
    idea_id: int
    member_id: int


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
class SupportsVoided(Event):
    """Votes that counted were voided by `batch_id`, a voiding: 500 at the most in one event.

    `votes`: for each the idea, its author and the member who gave it.
    """

    kind = "ideas.supports_voided"
    batch_id: int
    votes: list[list[int]]


@dataclass(frozen=True, kw_only=True)
class SupportsReinstated(Event):
    """The voiding was undone. Also tells of votes that their members have withdrawn since, which
    do not count again: what the voiding did to them is over, too."""

    kind = "ideas.supports_reinstated"
    batch_id: int
    votes: list[list[int]]


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
class PointResolved(Event):
    """A question or concern was settled."""

    kind = "ideas.point_resolved"
    idea_id: int
    comment_id: int
    author_id: int


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
class TopicBecameIdea(Event):
    """A draft was made of a topic of the forum, for the topic's author to post."""

    kind = "ideas.topic_became_idea"
    topic_id: int
    idea_id: int
    author_id: int


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


@dataclass(frozen=True, kw_only=True)
class BoardTermsChanged(Event):
    """What a board promises from now on. `threshold_before` is the one that held until then."""

    kind = "ideas.board_terms_changed"
    board_id: int
    threshold_before: int
    threshold: int


@dataclass(frozen=True, kw_only=True)
class PromiseEscalated(Event):
    """So much of a promise's time is used up: 50, 90 or 100 percent."""

    kind = "ideas.promise_escalated"
    promise_id: int
    idea_id: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class PromiseWithdrawn(Event):
    kind = "ideas.promise_withdrawn"
    promise_id: int
    idea_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class IdeasMerged(Event):
    """`duplicate_id` and all below it now stand under `idea_id`. `author_id` wrote the former."""

    kind = "ideas.merged"
    idea_id: int
    duplicate_id: int
    merge_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class IdeasUnmerged(Event):
    """`duplicate_id` stands for itself again, no longer under `idea_id`."""

    kind = "ideas.unmerged"
    idea_id: int
    duplicate_id: int
    merge_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class MergeAnswered(Event):
    """The author of a merged idea agreed or objected: `consent` says which."""

    kind = "ideas.merge_answered"
    merge_id: int
    author_id: int
    consent: str


@dataclass(frozen=True, kw_only=True)
class ObjectionAnswered(Event):
    """The team replied to an author's objection."""

    kind = "ideas.objection_answered"
    merge_id: int
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
