"""What boards promise, and how that goes."""

from dataclasses import dataclass

from activity.events import Event


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
