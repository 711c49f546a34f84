import pytest

from community import services
from community.models import Notification
from community.services import announcing
from tests.factories.community import MemberFactory, PolicyFactory

pytestmark = pytest.mark.django_db


def test_a_publication_reaches_everybody_once_however_many_lots_it_takes(deliver, monkeypatch):
    monkeypatch.setattr(announcing, "AT_ONCE", 2)
    members = MemberFactory.create_batch(5)
    services.publish_policy(version=PolicyFactory())
    for _lot in range(4):
        deliver()
    told = list(Notification.objects.values_list("member", flat=True))
    assert sorted(told) == sorted(member.pk for member in members)
