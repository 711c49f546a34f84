from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import EventRecord
from activity.services import replay_from
from ideas.services.discussing import comment as say
from ideas.services.supporting import give_support
from reputation import tasks
from reputation.models import TrustChange
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(idea, board):
    """Joined yesterday, and has just done all that a small site asks for."""
    joined = timezone.now() - timedelta(days=1)
    member = MemberFactory(trust_level=0, date_joined=joined)
    give_support(idea=idea, member=member)
    give_support(idea=IdeaFactory(board=board), member=member)
    say(idea=idea, by=member, body="Good.")
    return member


def test_deeds_bring_trust(busy, deliver):
    deliver()
    busy.refresh_from_db()
    assert busy.trust_level == 1


def test_a_replay_changes_nothing(busy, deliver):
    deliver()
    first = EventRecord.objects.earliest("id").pk
    replay_from(subscriber="reputation.review_those_who_act", event_id=first)
    assert deliver() >= 3
    assert TrustChange.objects.count() == 1


def test_the_hourly_task_finds_them_too(busy):
    tasks.review_newcomers()
    busy.refresh_from_db()
    assert busy.trust_level == 1


def test_the_admin_shows_the_evidence(busy, signed_in, admin_member):
    tasks.review_newcomers()
    client = signed_in(admin_member)
    page = client.get("/admin/reputation/trustchange/").content.decode()
    assert "TL0 → TL1" in page
    change = TrustChange.objects.get()
    assert client.get(f"/admin/reputation/trustchange/{change.pk}/change/").status_code == 200
    assert client.get("/admin/reputation/trustchange/add/").status_code == 403
