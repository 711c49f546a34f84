import pytest
from django.utils import timezone

from community.models import Member
from community.models.member import FOR_GOOD
from community.policies.writing import can_write
from community.services.silencing import set_silence

pytestmark = pytest.mark.django_db


def test_until_then_nothing_is_written(member):
    assert can_write(member)
    set_silence(member=member, until=FOR_GOOD)
    assert Member.objects.get(pk=member.pk).silenced_until == FOR_GOOD
    assert can_write(member).code == "suspended"
    set_silence(member=member, until=timezone.now())
    assert can_write(member)
    set_silence(member=member, until=None)
    assert can_write(member)
