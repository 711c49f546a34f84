"""Trust levels for programs: the numbers of the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reputation.models import Grace
from tests.factories.community import MemberFactory
from tests.factories.reputation import was_active

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_large_site")]
ME, LEVELS = "/api/v1/me/trust/", "/api/v1/reputation/levels/"


def test_the_table_is_open(api):
    found = api.get(LEVELS).json()
    assert (found["rules"], found["small_site"], len(found["levels"])) == (2, False, 5)
    regular = found["levels"][2]
    assert (regular["number"], regular["name"], regular["keeps"]) == (2, "Regular", None)
    assert regular["asked"]["all_of"][0] == {
        "measure": "active_days", "label": "Active days", "asked": 15,
    }  # fmt: skip
    assert regular["privileges"]["links"] == 20
    assert found["levels"][3]["keeps"]["all_of"][0]["asked"] == 45
    assert found["levels"][4]["is_by_hand"] is True


def test_where_one_stands(api):
    member = MemberFactory(trust_level=1)
    was_active(member, 20)
    api.force_authenticate(member)
    found = api.get(ME).json()
    assert (found["level"], found["name"], found["next_level"]) == (1, "Member", 2)
    assert found["asked"]["all_of"][0] == {
        "measure": "active_days", "label": "Active days", "asked": 15, "has": 20, "is_met": True,
    }  # fmt: skip
    assert (found["keeps"], found["grace_ends_at"]) == (None, None)


def test_until_when_a_level_is_kept(api):
    member = MemberFactory(trust_level=3)
    now = timezone.now()
    Grace.objects.create(member=member, began_at=now, ends_at=now + timedelta(days=14))
    api.force_authenticate(member)
    found = api.get(ME).json()
    assert (found["next_level"], found["asked"]) == (None, None)
    assert found["grace_ends_at"]
    assert found["keeps"]["all_of"][0]["is_met"] is False


def test_where_one_stands_is_ones_own(api):
    assert api.get(ME).status_code == 401
