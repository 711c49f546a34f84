"""Ideas put together and apart again."""

from dataclasses import dataclass

from activity.events import Event


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
