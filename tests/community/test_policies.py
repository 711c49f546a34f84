import pytest

from community.models import Export
from community.models.privacy import ExportState
from community.policies import can_export, can_leave
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "may"),
    [(ExportState.WAITING, False), (ExportState.RUNNING, False), (ExportState.FAILED, True)],
)
def test_a_copy_is_asked_for_when_none_is_being_made(member, stranger, state, may):
    Export.objects.create(member=member, state=state)
    assert bool(can_export(member)) is may
    assert can_export(stranger)


def test_anybody_but_the_last_administrator_can_leave(member, admin_member):
    assert can_leave(member)
    assert can_leave(admin_member).code == "last_administrator"
    other = MemberFactory(is_superuser=True, is_active=False)
    assert not can_leave(admin_member)
    other.is_active = True
    other.save()
    assert can_leave(admin_member)
