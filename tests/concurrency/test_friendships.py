"""Friendships under real threads: every crossing request is a friendship, no state is half."""

from functools import partial
from itertools import batched

import pytest

from activity.models import EventRecord
from community import services
from community.errors import Refused
from community.models import Block, Friend, Friendship
from tests.factories.community import MemberFactory
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]

PAIRS = 1_500
AT_ONCE = 30
ROUNDS = 12


def ask_all(asks):
    for one, other in asks:
        services.ask(member=one, other=other)


def consistent():
    """Both sides of each friendship stand in the list of friends, and nothing else does."""
    made = Friendship.objects.filter(state="friends").values_list("lo", "hi")
    sides = {pair for lo, hi in made for pair in ((lo, hi), (hi, lo))}
    assert set(Friend.objects.values_list("member", "friend")) == sides
    for blocker, blocked in Block.objects.values_list("blocker", "blocked"):
        assert (blocker, blocked) not in sides


def test_3000_crossing_requests_are_all_friendships(committed):
    """Each pair asks each other in the same moment, from two threads."""
    members = MemberFactory.build_batch(2 * PAIRS)
    type(members[0]).objects.bulk_create(members)
    pairs = list(zip(members[:PAIRS], members[PAIRS:], strict=True))
    deeds = []
    for some in batched(pairs, PAIRS // AT_ONCE, strict=False):
        deeds += [partial(ask_all, some), partial(ask_all, [pair[::-1] for pair in some])]
    assert failures(at_once(*deeds)) == []
    assert Friendship.objects.filter(state="friends").count() == PAIRS
    assert Friendship.objects.count() == PAIRS
    assert EventRecord.objects.filter(kind="community.friendship_requested").count() == PAIRS
    assert EventRecord.objects.filter(kind="community.friendship_made").count() == PAIRS
    consistent()


def test_one_who_is_asked_by_many_at_once(member):
    fans = MemberFactory.create_batch(20)
    asks = [partial(services.ask, member=fan, other=member) for fan in fans]
    crossing = [partial(services.ask, member=member, other=fan) for fan in fans[:5]]
    assert failures(at_once(*asks, *crossing)) == []
    states = set(Friendship.objects.values_list("state", flat=True))
    assert states == {"pending", "friends"}
    assert Friendship.objects.filter(state="friends").count() == 5
    consistent()


def test_a_double_click_is_one_request(member, stranger):
    asks = [partial(services.ask, member=member, other=stranger)] * 8
    assert at_once(*asks) == ["sent"] * 8
    assert Friendship.objects.get().requested_by == member
    assert EventRecord.objects.filter(kind="community.friendship_requested").count() == 1


def test_tabs_at_once_cannot_ask_more_than_a_day_allows(member):
    others = MemberFactory.create_batch(16)
    results = at_once(*[partial(services.ask, member=member, other=other) for other in others])
    refused = failures(results)
    assert {error.code for error in refused if isinstance(error, Refused)} == {"too_many_today"}
    assert len(refused) == 6
    assert Friendship.objects.count() == 10


def test_block_against_request_never_ends_in_both(committed):
    for _round in range(ROUNDS):
        one, other = MemberFactory.create_batch(2)
        results = at_once(
            partial(services.block, member=one, other=other),
            partial(services.ask, member=other, other=one),
            partial(services.block, member=other, other=one),
            partial(services.ask, member=one, other=other),
        )
        codes = {getattr(error, "code", error) for error in failures(results)}
        assert codes <= {"takes_no_requests", "you_blocked"}
        assert Friendship.objects.between(one, other).get().state == "none"
        assert Block.objects.filter(blocker__in=[one, other]).count() == 2
    consistent()


def test_block_against_accept_never_ends_in_both(committed):
    for _round in range(ROUNDS):
        one, other = MemberFactory.create_batch(2)
        services.ask(member=one, other=other)
        results = at_once(
            partial(services.accept, member=other, other=one),
            partial(services.block, member=one, other=other),
        )
        assert {getattr(error, "code", error) for error in failures(results)} <= {"no_request"}
        assert Friendship.objects.between(one, other).get().state == "none"
    assert not Friend.objects.exists()


def test_accept_against_withdraw_ends_in_one_of_both(committed):
    for _round in range(ROUNDS):
        one, other = MemberFactory.create_batch(2)
        services.ask(member=one, other=other)
        accepted, withdrawn = at_once(
            partial(services.accept, member=other, other=one),
            partial(services.withdraw, member=one, other=other),
        )
        # Exactly one of them came too late, and was told so.
        assert [getattr(accepted, "code", None), getattr(withdrawn, "code", None)] in (
            [None, "friends_already"],
            ["no_request", None],
        )
        state = Friendship.objects.between(one, other).get().state
        assert state == ("friends" if accepted is None else "none")
    consistent()


def test_accept_against_decline_and_unfriend(committed):
    for _round in range(ROUNDS):
        one, other = MemberFactory.create_batch(2)
        services.ask(member=one, other=other)
        results = at_once(
            partial(services.accept, member=other, other=one),
            partial(services.decline, member=other, other=one),
            partial(services.unfriend, member=one, other=other),
        )
        assert {getattr(error, "code", error) for error in failures(results)} <= {"no_request"}
    consistent()
