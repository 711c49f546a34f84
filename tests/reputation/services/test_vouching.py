"""Whom the staff knows, and how far trust reaches from there."""

import pytest

from community.errors import Refused
from community.models import Member
from reputation.models import Vouch
from reputation.services import end_vouch, spread_trust, vouch
from tests.factories.community import MemberFactory, befriend

pytestmark = pytest.mark.django_db


def clique(number):
    members = MemberFactory.create_batch(number)
    for place, one in enumerate(members):
        for other in members[:place]:
            befriend(one, other)
    return members


def ranks(members):
    found = Member.objects.in_bulk([member.pk for member in members])
    return [found[member.pk].graph_trust for member in members]


def test_trust_reaches_friends_of_whom_the_team_knows(admin_member):
    honest, fakes, loner = clique(6), clique(6), MemberFactory()
    befriend(honest[3], fakes[0])
    vouch(member=honest[0], by=admin_member, why="Met at the assembly.")
    assert spread_trust() == 12
    assert max(ranks(fakes)) < min(ranks(honest))
    assert ranks([loner]) == [None]
    assert spread_trust() == 0


def test_when_nobody_is_vouched_for_nobody_has_a_rank(admin_member):
    honest = clique(3)
    made = vouch(member=honest[0], by=admin_member, why="Met.")
    spread_trust()
    end_vouch(vouch=made)
    spread_trust()
    assert ranks(honest) == [None] * 3


def test_vouching_twice_is_vouching_once(admin_member, member):
    first = vouch(member=member, by=admin_member, why="Met.")
    assert vouch(member=member, by=admin_member, why="Again.") == first
    end_vouch(vouch=first)
    end_vouch(vouch=first)
    vouch(member=member, by=admin_member, why="Again.")
    assert Vouch.objects.filter(member=member).count() == 2


@pytest.mark.parametrize(("who", "code"), [("stranger", "not_yours"), ("admin_member", "yourself")])
def test_who_may_not(who, code, request, admin_member):
    by = request.getfixturevalue(who)
    with pytest.raises(Refused) as refused:
        vouch(member=admin_member, by=by, why="Me.")
    assert refused.value.code == code


def test_nobody_vouches_for_an_address_that_is_not_confirmed(admin_member, newcomer):
    with pytest.raises(Refused) as refused:
        vouch(member=newcomer, by=admin_member, why="Met.")
    assert refused.value.code == "not_here"
