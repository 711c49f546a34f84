"""Supports given, withdrawn, voided and reinstated."""

from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class SupportGiven(Event):
    """A vote began to count."""

    kind = "ideas.support_given"
    idea_id: int
    author_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(Event):
    """A vote that counted, or would but for a voiding, was taken back."""

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
