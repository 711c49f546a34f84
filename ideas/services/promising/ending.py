"""Ends: an answer, a first reply. And what a step means for what goes on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from ideas.models import Comment, Decision, Idea, Promise
from ideas.models.decision import Origin
from ideas.models.promise import PromiseKind, PromiseState
from ideas.services.promising.open_ones import owed_on
from ideas.services.promising.pausing import adapt, end_pause
from ideas.services.promising.starting import start_answer
from ideas.status import ANSWERS, WAITS_FOR_ANSWER

# The columns that an end, and the pause that it ends, may change.
ENDS = (
    "state", "escalate_at", "ended_at", "decision", "comment", "half_at", "near_at", "due_at",
    "paused_days",
)  # fmt: skip

# The same as `_ended` for many whose clocks run: nothing of theirs depends on a calendar.
END_RUNNING = """
    UPDATE ideas_promise SET state = 'answered', escalate_at = NULL, decision_id = decision.id,
        ended_at = greatest(decision.created_at, ideas_promise.started_at)
    FROM ideas_decision decision
    WHERE ideas_promise.id = ANY(%s) AND decision.id = ANY(%s)
      AND decision.idea_id = ideas_promise.owed_on_id
"""


def follow_steps(*, decisions: Sequence[Decision]) -> None:
    """After a step of some ideas: answers end what waited for one, other steps pause or go on.

    Going back from an answer promises a new one where one had been earned, or would be now.
    """
    by_idea = {decision.idea_id: decision for decision in decisions}
    running = []
    for promise in owed_on(*(decision.idea for decision in decisions)):
        decision = by_idea[promise.owed_on_id]
        if not _ends(promise, decision):
            adapt(promise, decision.idea, decision.created_at)
        elif promise.state == PromiseState.PAUSED:
            _ended(promise, decision.created_at, decision=decision).save(update_fields=ENDS)
        else:
            running.append(promise.pk)
    _end_running(running, [decision.pk for decision in decisions])
    for decision in decisions:
        back = decision.from_status in ANSWERS and decision.to_status in WAITS_FOR_ANSWER
        if back and _is_owed_again(decision.idea):
            start_answer(idea=decision.idea, moment=decision.created_at)


def _end_running(promises: list[int], decisions: list[int]) -> None:
    """Each promise is kept by the decision on the idea that owes it."""
    if promises:
        with connection.cursor() as cursor:
            cursor.execute(END_RUNNING, [promises, decisions])


def _ends(promise: Promise, decision: Decision) -> bool:
    if promise.kind == PromiseKind.ANSWER:
        return decision.to_status in ANSWERS
    return decision.team_id is not None and decision.origin == Origin.PERSON


def _ended(
    promise: Promise,
    moment: datetime,
    *,
    decision: Decision | None = None,
    comment: Comment | None = None,
) -> Promise:
    """The promise as it is once kept; the caller saves its ENDS."""
    if promise.state == PromiseState.PAUSED:
        end_pause(promise, moment)
    promise.state, promise.escalate_at = PromiseState.KEPT, None
    promise.ended_at = max(moment, promise.started_at)
    promise.decision, promise.comment = decision, comment
    return promise


def _is_owed_again(idea: Idea) -> bool:
    had_one = Promise.objects.filter(owed_on=idea, kind=PromiseKind.ANSWER)
    enough = idea.tally.supports >= idea.board.answer_threshold
    return enough or had_one.exclude(state=PromiseState.WITHDRAWN).exists()


def follow_reply(*, idea: Idea, comment: Comment) -> None:
    """The team spoke: that is the first reply."""
    for promise in owed_on(idea):
        if promise.kind == PromiseKind.REPLY:
            _ended(promise, comment.created_at, comment=comment).save(update_fields=ENDS)


def follow_import(*, idea: Idea, decision: Decision) -> None:
    """An answer that a later import brought ends what was earned by an earlier one."""
    for promise in owed_on(idea):
        if promise.kind == PromiseKind.ANSWER and decision.to_status in ANSWERS:
            _ended(promise, decision.created_at, decision=decision).save(update_fields=ENDS)
        else:
            adapt(promise, idea, decision.created_at)
