import pytest
from django.utils import timezone

from ideas.models import IdeaTally, Support
from ideas.tasks import sweep_tallies


@pytest.mark.django_db
def test_the_periodic_job_folds_what_voters_left(idea, stranger):
    Support.objects.create(idea=idea, member=stranger, state="counted", counted_at=timezone.now())
    assert IdeaTally.objects.get().supports == 0
    sweep_tallies()
    assert IdeaTally.objects.get().supports == 1
