"""What a card says beyond its row: the clock, the share of seats, whose idea it is."""

from collections.abc import Iterable

from django.utils import timezone

from community.models import Member
from ideas.clock import clock_of, in_steps
from ideas.models import Idea


def dress(ideas: Iterable[Idea], viewer: Member | None) -> list[Idea]:
    """Put the clock, the share and the ownership on each idea. No queries."""
    now = timezone.now()
    dressed = list(ideas)
    for idea in dressed:
        seat(idea, viewer)
        idea.clock = clock_of(idea, now)  # type: ignore[attr-defined]
        idea.shown = _shown(idea, viewer)  # type: ignore[attr-defined]
    return dressed


def seat(idea: Idea, viewer: Member | None) -> Idea:
    """Only what the button of support shows."""
    idea.share = in_steps(idea.tally.supports / idea.board.answer_threshold)  # type: ignore[attr-defined]
    idea.is_own = viewer is not None and idea.author_id == viewer.pk  # type: ignore[attr-defined]
    return idea


def _shown(idea: Idea, viewer: Member | None) -> tuple[object, ...]:
    """All that a card says to this viewer, so that cards alike are made once."""
    clock = idea.clock  # type: ignore[attr-defined]
    return (
        idea.pk, idea.title, idea.snippet, idea.language, idea.status, idea.tally.comments,
        idea.board.slug, idea.board.name, idea.author.display_name,
        clock and (clock.state, clock.words, clock.part),
        idea.tally.supports, idea.share, viewer is not None, idea.is_own, idea.viewer_support,  # type: ignore[attr-defined]
    )  # fmt: skip
