"""The highest level is given and taken by people, with a reason."""

import pytest

from community.errors import Refused
from community.models import Member
from config import roles
from reputation import services
from reputation.models import Grace, TrustChange
from tests.factories.community import MemberFactory
from tests.factories.reputation import DAY, earns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_large_site")]


def level(member):
    return Member.objects.get(pk=member.pk).trust_level


def test_giving_it(member, admin_member):
    change = services.appoint(member=member, by=admin_member, reason="You run the meet-ups.")
    assert level(member) == 4
    assert (change.before, change.after, change.by) == (1, 4, admin_member)
    assert TrustChange.objects.get().reason == "You run the meet-ups."


def test_whoever_has_it_is_in_grace_no_more(admin_member):
    member = MemberFactory(trust_level=3)
    services.review_all()
    assert Grace.objects.filter(member=member, ends_at__gt=member.date_joined + 13 * DAY).exists()
    services.appoint(member=member, by=admin_member, reason="You run the meet-ups.")
    assert not Grace.objects.exists()


def test_taking_it_back(admin_member):
    member = MemberFactory(trust_level=4)
    services.dismiss(member=member, by=admin_member, reason="You asked for a rest.")
    assert level(member) == 2


def test_who_earns_the_third_has_that_at_once(admin_member):
    member = earns(MemberFactory(trust_level=4), 3)
    services.dismiss(member=member, by=admin_member, reason="You asked for a rest.")
    assert level(member) == 3


@pytest.mark.parametrize(
    ("deed", "facts", "code"),
    [
        (services.appoint, {"trust_level": 4}, "has_it_already"),
        (services.appoint, {"is_active": False}, "not_here"),
        (services.appoint, {"email_verified_at": None}, "not_here"),
        (services.dismiss, {"trust_level": 3}, "has_it_not"),
    ],
)
def test_what_is_refused(deed, facts, code, admin_member):
    with pytest.raises(Refused) as refusal:
        deed(member=MemberFactory(**facts), by=admin_member, reason="Because.")
    assert refusal.value.code == code
    assert not TrustChange.objects.exists()


@pytest.mark.parametrize("deed", [services.appoint, services.dismiss])
def test_nobody_decides_about_themselves(deed, admin_member):
    with pytest.raises(Refused) as refusal:
        deed(member=admin_member, by=admin_member, reason="Because.")
    assert refusal.value.code == "yourself"


@pytest.mark.parametrize(
    ("role", "may"),
    [(None, False), (roles.MODERATORS, False), (roles.COMMUNITY_MANAGERS, True)],
)
def test_who_may(role, may, member):
    roles.set_up()
    manager = MemberFactory(is_staff=True)
    if role:
        manager.groups.add(roles.Group.objects.get(name=role))
    if may:
        services.appoint(member=member, by=manager, reason="You run the meet-ups.")
        return
    with pytest.raises(Refused) as refusal:
        services.appoint(member=member, by=manager, reason="You run the meet-ups.")
    assert refusal.value.code == "not_yours"
