"""Ideas and their drafts, and who writes them."""

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
class DraftDiscarded(Event):
    """An author threw away what `co_author_ids` wrote along. The title is gone with it."""

    kind = "ideas.draft_discarded"
    idea_id: int
    title: str
    co_author_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class IdeaRevised(Event):
    """`substantial`: the text changed so much after the first vote that supporters are asked."""

    kind = "ideas.revised"
    idea_id: int
    author_id: int
    number: int
    substantial: bool


@dataclass(frozen=True, kw_only=True)
class IdeaRetagged(Event):
    """A trusted member sorted somebody's idea under other tags."""

    kind = "ideas.retagged"
    idea_id: int
    author_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class IdeasSorted(Event):
    """Posted ideas have other tags, or another board: 500 at the most in one event.

    `places`: for each its number, that of its board, and those of its tags. It is news of nothing;
    who keeps books by board and tag reads it.
    """

    kind = "ideas.sorted"
    places: list[list[int]]


@dataclass(frozen=True, kw_only=True)
class TopicBecameIdea(Event):
    """A draft was made of a topic of the forum, for the topic's author to post."""

    kind = "ideas.topic_became_idea"
    topic_id: int
    idea_id: int
    author_id: int
