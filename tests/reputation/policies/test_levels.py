"""Who may give and take the level that nobody earns by numbers."""

import pytest
from django.contrib.auth.models import Permission

from reputation import policies
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(db):
    hanna = MemberFactory(handle="hanna", is_staff=True)
    hanna.user_permissions.add(Permission.objects.get(codename="appoint"))
    return hanna


@pytest.mark.parametrize(
    ("level", "appoint", "dismiss"),
    [(0, "", "has_it_not"), (3, "", "has_it_not"), (4, "has_it_already", "")],
)
def test_by_the_level_that_somebody_has(manager, level, appoint, dismiss):
    member = MemberFactory(trust_level=level)
    assert policies.can_appoint(manager, member).code == appoint
    assert policies.can_dismiss(manager, member).code == dismiss


def test_the_permission_alone_is_not_enough(manager, member):
    manager.is_staff = False
    assert policies.can_appoint(manager, member).code == "not_yours"


def test_staff_alone_is_not_enough(member):
    assert policies.can_appoint(MemberFactory(is_staff=True), member).code == "not_yours"


def test_nobody_decides_about_themselves(manager):
    assert policies.can_appoint(manager, manager).code == "yourself"


def test_only_whose_address_is_confirmed(manager, newcomer):
    assert policies.can_appoint(manager, newcomer).code == "not_here"
