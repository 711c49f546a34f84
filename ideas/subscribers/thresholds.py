"""Whether enough members support an idea for what its board promises."""

from collections.abc import Collection

from ideas.models import Decision, Idea, Support
from ideas.services import promising, steps, tallies
from ideas.status import WAITS_FOR_ANSWER, Status


def look_at(idea_ids: Collection[int]) -> None:
    """Start the clock where an answer is earned; reopen what enough members ask for again."""
    ideas = Idea.objects.standing_for(idea_ids).select_related("board")
    # Ideas before tallies, as merges and decisions lock them.
    ideas = ideas.select_for_update(of=("self",), no_key=True).order_by("pk")
    for idea in ideas.filter(status__in=[*WAITS_FOR_ANSWER, Status.DECLINED]):
        supporters = tallies.fold(idea.pk)
        if idea.status == Status.DECLINED:
            _reopen_if_asked(idea)
        elif supporters >= idea.board.answer_threshold and not idea.answer_due_at:
            promising.earn_answer(idea=idea)


def _reopen_if_asked(idea: Idea) -> None:
    decision = Decision.objects.filter(idea=idea).latest("id")
    since = Support.objects.since(decision).count()
    if since >= idea.board.reopen_threshold:
        steps.reopen(idea=idea, support_since=since)
