"""Following members."""

import pytest

from community.errors import Refused
from community.models import MemberFollow
from community.services import follow_member, unfollow_member

pytestmark = pytest.mark.django_db


def test_following_twice_is_following_once(member, stranger):
    for _ in range(2):
        follow_member(member=member, other=stranger)
    assert MemberFollow.objects.get().followed == stranger
    for _ in range(2):
        unfollow_member(member=member, other=stranger)
    assert not MemberFollow.objects.exists()


def test_nobody_follows_themselves(member):
    with pytest.raises(Refused, check=lambda error: error.code == "yourself"):
        follow_member(member=member, other=member)
