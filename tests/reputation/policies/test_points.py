"""Whose points somebody may read."""

import pytest
from django.contrib.auth.models import Permission

from reputation.policies import can_see_points
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(db):
    """Of the staff, and allowed to look."""
    member = MemberFactory(is_staff=True)
    member.user_permissions.add(Permission.objects.get(codename="view_entry"))
    return member


def test_ones_own(author):
    assert can_see_points(author, author)


def test_those_of_others_are_not_shown(author, stranger):
    verdict = can_see_points(stranger, author)
    assert (bool(verdict), verdict.code) == (False, "not_your_points")


def test_the_staff_may_look_if_allowed(author, reader, admin_member):
    assert can_see_points(reader, author)
    assert can_see_points(admin_member, author)
    assert not can_see_points(MemberFactory(is_staff=True), author)


def test_the_permission_alone_is_not_enough(author, reader):
    reader.is_staff = False
    assert not can_see_points(reader, author)
