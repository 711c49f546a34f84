"""Awards are looked at. The rules alone give and take."""

import pytest

from reputation.kinds import Kind
from reputation.models import Award
from reputation.services import award_all
from tests.factories.reputation import ground

pytestmark = pytest.mark.django_db

HOME = "/admin/reputation/award/"


def test_nobody_gives_changes_or_takes(signed_in, admin_member, member):
    ground(member, Kind.SHIPPED)
    award_all()
    adrian, pk = signed_in(admin_member), Award.objects.get().pk
    assert "made-real" in adrian.get(HOME).content.decode()
    assert adrian.get(f"{HOME}{pk}/change/").status_code == 200
    assert adrian.post(f"{HOME}{pk}/change/", {"badge": "spark"}).status_code == 403
    assert adrian.get(f"{HOME}{pk}/delete/").status_code == 403
    assert adrian.get(f"{HOME}add/").status_code == 403
    assert adrian.get("/admin/reputation/badgetally/").status_code == 200
