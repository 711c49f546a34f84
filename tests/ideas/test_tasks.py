from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.models import IdeaTally, Support, WorkCalendar
from ideas.services import promising
from ideas.tasks import escalate_promises, fill_holidays, sweep_tallies, verify_promises


@pytest.mark.django_db
def test_the_periodic_job_folds_what_voters_left(idea, stranger):
    Support.objects.create(idea=idea, member=stranger, state="counted", counted_at=timezone.now())
    assert IdeaTally.objects.get().supports == 0
    sweep_tallies()
    assert IdeaTally.objects.get().supports == 1


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
