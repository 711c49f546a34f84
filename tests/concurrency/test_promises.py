"""Reminders, answers and withdrawals at once: each promise ends once, each level is told once."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from community.models import TeamMembership
from ideas.models import Escalation, Promise
from ideas.services import promising
from ideas.services.steps import decide
from ideas.services.verifying import drifts
from tests.concurrency.test_decisions import codes
from tests.factories.ideas import GROUNDS, BoardFactory, IdeaFactory, supported
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]


@pytest.fixture
def lead(team_member):
    TeamMembership.objects.filter(member=team_member).update(is_lead=True)
    return team_member


def owed(team, count=1):
    board = BoardFactory(team=team, answer_threshold=1, answer_days=1)
    ideas = IdeaFactory.create_batch(count, board=board)
    for idea in ideas:
        supported(idea)
        promising.earn_answer(idea=idea)
    return ideas


def escalation(days=5):
    return partial(promising.escalate, now=timezone.now() + timedelta(days=days))


def test_escalate_against_escalate(team):
    owed(team, 8)
    results = at_once(*[escalation()] * 4)
    assert failures(results) == []
    assert sum(results) == Escalation.objects.count() == 3 * 8


def test_answer_against_escalate(team, team_member):
    ideas = owed(team, 6)
    deeds = [
        partial(decide, idea=idea, to="declined", by=team_member, grounds=GROUNDS) for idea in ideas
    ]
    results = at_once(*deeds, *[escalation()] * 3)
    assert failures(results) == []
    assert set(Promise.objects.values_list("state", "escalate_at")) == {("answered", None)}
    told = Escalation.objects.values_list("promise", "percent")
    assert len(told) == len(set(told))


def test_answer_against_withdraw(team, lead, colleague):
    for idea in owed(team, 4):
        promise = Promise.objects.get(idea=idea)
        results = at_once(
            partial(decide, idea=idea, to="declined", by=colleague, grounds=GROUNDS),
            partial(promising.withdraw, promise=promise, by=lead, reason="The law changed."),
        )
        assert codes(results) in (["done", "done"], ["done", "stale"])
        promise.refresh_from_db()
        # Whoever came first ended it; a decision after a withdrawal stands, and ends nothing.
        assert (promise.state == "answered") == (promise.decision is not None)
    assert drifts() == []
