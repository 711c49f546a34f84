from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.models import Decision, IdeaTally, PendingDecision, Support, WorkCalendar
from ideas.services import composing, promising
from ideas.services.composing import Composed
from ideas.tasks import (
    escalate_promises,
    fill_holidays,
    publish_decisions,
    sweep_tallies,
    verify_promises,
)
from tests.factories.ideas import GROUNDS


@pytest.mark.django_db
def test_the_periodic_job_folds_what_voters_left(idea, stranger):
    Support.objects.create(idea=idea, member=stranger, state="counted", counted_at=timezone.now())
    assert IdeaTally.objects.get().supports == 0
    sweep_tallies()
    assert IdeaTally.objects.get().supports == 1


@pytest.mark.django_db
def test_the_periodic_job_publishes_what_is_due(idea, team_member):
    soon = timezone.now() + timedelta(hours=1)
    composed = Composed(to="declined", grounds=GROUNDS, publish_at=soon)
    composing.submit(idea=idea, by=team_member, composed=composed)
    publish_decisions()
    assert not Decision.objects.exists()
    PendingDecision.objects.update(publish_at=timezone.now())
    publish_decisions()
    assert Decision.objects.get().to_status == "declined"


@pytest.fixture
def owed(idea):
    return promising.start_answer(idea=idea, moment=timezone.now() - timedelta(days=99))


@pytest.mark.django_db
def test_the_periodic_job_reminds(owed):
    escalate_promises()
    assert owed.escalations.count() == 3


@pytest.mark.django_db
def test_the_nightly_job_reports_what_differs(owed, caplog):
    verify_promises()
    assert "was not earned when it began" in caplog.text


@pytest.mark.django_db
def test_the_nightly_job_fills_in_holidays():
    calendar = WorkCalendar.objects.create(name="Germany", country="DE")
    fill_holidays()
    assert calendar.holidays.exists()
