"""What a card says beyond its row: the clocks, the share of seats, whose idea it is."""

from collections.abc import Iterable

from django.utils import timezone

from community.models import Member
from ideas.clock import DUE, OVERDUE, clock_of, in_steps, reply_clock_of
from ideas.models import Idea


def dress(ideas: Iterable[Idea], viewer: Member | None) -> list[Idea]:
    """Put the clock, the share and the ownership on each idea. No queries."""
    now = timezone.now()
    dressed = list(ideas)
    for idea in dressed:
        seat(idea, viewer)
        idea.clock = clock_of(idea, now)  # type: ignore[attr-defined]
        idea.reply_clock = reply_clock_of(idea, now)  # type: ignore[attr-defined]
        idea.reply_owed = _owed(idea)  # type: ignore[attr-defined]
        idea.shown = _shown(idea, viewer)  # type: ignore[attr-defined]
    return dressed


def seat(idea: Idea, viewer: Member | None) -> Idea:
    """Only what the button of support shows."""
    idea.share = in_steps(idea.tally.supports / idea.board.answer_threshold)  # type: ignore[attr-defined]
    idea.is_own = viewer is not None and idea.author_id == viewer.pk  # type: ignore[attr-defined]
    return idea


def _owed(idea: Idea) -> bool:
    """Whether the first reply is still to come: only then a card speaks of it."""
    clock = idea.reply_clock  # type: ignore[attr-defined]
    return clock is not None and clock.state in (DUE, OVERDUE)


def _shown(idea: Idea, viewer: Member | None) -> tuple[object, ...]:
    """All that a card says to this viewer, so that cards alike are made once."""
    clock = idea.clock  # type: ignore[attr-defined]
    reply = idea.reply_owed and idea.reply_clock.words  # type: ignore[attr-defined]
    return (
        idea.pk, idea.title, idea.snippet, idea.language, idea.status, idea.tally.comments,
        idea.board.slug, idea.board.name, idea.author.display_name, reply,
        clock and (clock.state, clock.words, clock.part),
        idea.tally.supports, idea.share, viewer is not None, idea.is_own, idea.viewer_support,  # type: ignore[attr-defined]
        idea.is_from_blocked,  # type: ignore[attr-defined]
    )  # fmt: skip
