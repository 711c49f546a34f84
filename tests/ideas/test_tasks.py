from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.models import Decision, IdeaTally, PendingDecision, Support
from ideas.services import composing
from ideas.services.composing import Composed
from ideas.tasks import publish_decisions, sweep_tallies
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
