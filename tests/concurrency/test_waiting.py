"""Waiting decisions while several hands are on them: published once, by one, or not at all."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from ideas.models import Comment, Decision, PendingDecision
from ideas.services import composing
from ideas.services.composing import Composed
from ideas.services.discussing import resolve
from ideas.services.steps import decide
from tests.concurrency.test_decisions import codes
from tests.factories.ideas import GROUNDS, idea_in, said_on
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]


@pytest.fixture
def careful(board):
    board.needs_second_person = True
    board.save(update_fields=["needs_second_person"])


def waits(idea, by, *, due=False, **changes):
    if due:
        changes["publish_at"] = timezone.now() + timedelta(hours=1)
    composed = Composed(to="declined", grounds=GROUNDS, **changes)
    pending = composing.submit(idea=idea, by=by, composed=composed)
    if due:
        PendingDecision.objects.update(publish_at=timezone.now() - timedelta(hours=1))
    return pending


def states():
    return sorted(PendingDecision.objects.values_list("state", flat=True))


def test_approve_against_approve(careful, idea, team_member, colleague, admin_member):
    pending = waits(idea, team_member)
    results = at_once(
        *[partial(composing.approve, pending=pending, by=by) for by in (colleague, admin_member)]
        * 2
    )
    assert codes(results) == ["done", "stale", "stale", "stale"]
    assert Decision.objects.count() == 1


def test_approve_against_return(careful, idea, team_member, colleague, admin_member):
    pending = waits(idea, team_member)
    results = at_once(
        partial(composing.approve, pending=pending, by=colleague),
        partial(composing.return_, pending=pending, by=admin_member, remark="No."),
    )
    assert codes(results) == ["done", "stale"]
    assert Decision.objects.count() == (states() == ["published"])


def test_approve_against_cancel(careful, idea, team_member, colleague):
    pending = waits(idea, team_member)
    results = at_once(
        partial(composing.approve, pending=pending, by=colleague),
        partial(composing.cancel, pending=pending, by=team_member),
    )
    assert codes(results) == ["done", "stale"]
    assert Decision.objects.count() == (states() == ["published"])


def test_approve_against_a_colleague_s_step(careful, board, team_member, colleague):
    for _ in range(4):
        idea = idea_in("open", board=board)
        pending = waits(idea, team_member)
        step = partial(decide, idea=idea, to="under_review", by=colleague, grounds=GROUNDS, seen=0)
        approved, stepped = at_once(partial(composing.approve, pending=pending, by=colleague), step)
        pending.refresh_from_db()
        # Whoever came first is the one decision; the other is told.
        made = Decision.objects.get(idea=idea)
        assert pending.state == ("published" if made.to_status == "declined" else "stale")
        assert approved.state == pending.state
        assert (codes([stepped]) == ["stale"]) == (pending.state == "published")


def test_workers_publish_each_once(board, team_member):
    for _ in range(5):
        waits(idea_in("open", board=board), team_member, due=True)
    results = at_once(*[composing.publish_due] * 3)
    assert failures(results) == []
    composing.publish_due()
    assert sum(results) <= 5
    assert states() == ["published"] * 5
    assert Decision.objects.count() == 5


def test_a_worker_publishes_while_its_author_changes_it(idea, team_member):
    pending = waits(idea, team_member, due=True)
    later = timezone.now() + timedelta(days=1)
    results = at_once(
        composing.publish_due,
        partial(composing.reschedule, pending=pending, by=team_member, publish_at=later),
        partial(composing.cancel, pending=pending, by=team_member),
    )
    assert set(codes(results)) <= {"done", "stale"}
    composing.publish_due()
    assert Decision.objects.count() == (states() == ["published"])


def test_two_propose_at_once(careful, idea, team_member, colleague):
    results = at_once(partial(waits, idea, team_member), partial(waits, idea, colleague))
    assert codes(results) == ["already_waiting", "done"]


def test_a_worker_killed_in_between_publishes_neither_twice_nor_never(idea, team_member, other):
    """It has claimed the decision and written half of what follows when it dies."""
    question = said_on(idea, kind="question")
    waits(idea, team_member, due=True, answers=[question.pk])
    pid = other.does(lambda: connection.cursor().execute("SELECT pg_backend_pid()").fetchone()[0])
    with transaction.atomic():
        Comment.objects.select_for_update().get(pk=question.pk)
        works = other.begins(composing.publish_due)
        wait_for_lock(pid)
        # A second worker leaves alone what the first is at.
        assert composing.publish_due() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert works.result(60) == 0
    assert not Decision.objects.exists()
    assert states() == ["scheduled"]
    other.does(lambda: connection.close())  # it is gone, and each thread has its own
    assert composing.publish_due() == 1
    assert composing.publish_due() == 0
    assert (Decision.objects.count(), states()) == (1, ["published"])
    question.refresh_from_db()
    assert question.resolved_at is not None


def wait_for_lock(pid):
    waiting = "SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted"
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(waiting, [pid])
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("The worker did not come as far as that.")


def test_answered_by_a_decision_and_by_hand(idea, team_member, colleague):
    question = said_on(idea, kind="question")
    results = at_once(
        partial(waits, idea, team_member, answers=[question.pk]),
        partial(resolve, comment=question, by=colleague, resolved=True),
    )
    assert failures(results) == []
    question.refresh_from_db()
    assert question.resolved_at is not None
