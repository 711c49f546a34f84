import pytest
from django.contrib.auth.models import Group

from config import roles
from moderation.policies import can_lift_sanction, can_sanction
from tests.factories.community import MemberFactory
from tests.moderation.services.test_sanctioning import clause as clause
from tests.moderation.services.test_sanctioning import imposed as imposed

pytestmark = pytest.mark.django_db

KINDS = ("warning", "limit", "suspension", "ban")
# By whom, and what they may impose; whether they may take it back.
MAY = [
    (None, (), False),
    (roles.MODERATORS, ("warning", "limit", "suspension"), False),
    (roles.SENIOR_MODERATORS, KINDS, True),
    (roles.COMMUNITY_MANAGERS, (), False),
    (roles.ADMINISTRATORS, KINDS, True),
]


def in_role(role):
    roles.set_up()
    somebody = MemberFactory(is_staff=role is not None)
    if role:
        somebody.groups.add(Group.objects.get(name=role))
    return somebody


@pytest.mark.parametrize(("role", "kinds", "lifts"), MAY)
def test_who_may_impose_what_and_take_it_back(role, kinds, lifts, member, admin_member, imposed):
    by = in_role(role)
    assert [kind for kind in KINDS if can_sanction(by, member, kind)] == list(kinds)
    assert bool(can_lift_sanction(by, imposed("warning"))) is lifts


def test_nobody_decides_about_themselves(admin_member, moderator):
    assert can_sanction(admin_member, admin_member, "warning").code == "own_case"
    assert can_sanction(moderator, moderator, "warning").code == "own_case"


def test_the_staff_is_no_matter_of_moderators(moderator, other_moderator, admin_member):
    assert can_sanction(moderator, other_moderator, "warning").code == "staff"
    assert can_sanction(admin_member, moderator, "warning")


def test_who_left_is_left_alone(moderator):
    assert can_sanction(moderator, MemberFactory(is_active=False), "ban").code
