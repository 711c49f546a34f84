import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from community import circle, services
from community.errors import Refused
from community.models import Block, Friend, Friendship, Mail, Mute, Notification
from community.services.notifying import notify
from ideas.services import discussing
from tests.factories.community import MemberFactory, NotificationFactory, befriend

pytestmark = pytest.mark.django_db


def told(actor, *recipients, kind="test.told"):
    return notify(
        event_id=Notification.objects.count() + 1000,
        kind=kind,
        topic="idea:1",
        subject="An idea",
        excerpt="",
        url="/ideas/1/",
        actor_id=actor.pk,
        recipients=[member.pk for member in recipients],
        occurred_at=timezone.now(),
    )


def test_a_block_ends_a_friendship_on_both_sides(member, stranger):
    befriend(member, stranger)
    services.block(member=member, other=stranger)
    assert not Friend.objects.exists()
    assert Friendship.objects.get().state == "none"
    assert circle.between(member, stranger).is_blocked
    assert not circle.between(stranger, member).is_blocked


@pytest.mark.parametrize("asker", ["member", "stranger"])
def test_a_block_ends_a_request_either_way(member, stranger, asker):
    pair = {"member": member, "stranger": stranger}
    services.ask(member=pair.pop(asker), other=pair.popitem()[1])
    services.block(member=member, other=stranger)
    assert circle.requests_received(member).items == circle.requests_sent(stranger).items == []
    assert circle.requests_received(stranger).items == circle.requests_sent(member).items == []


def test_nobody_asks_over_a_block(member, stranger):
    services.block(member=member, other=stranger)
    with pytest.raises(Refused) as refusal:
        services.ask(member=member, other=stranger)
    assert refusal.value.code == "you_blocked"
    with pytest.raises(Refused) as refusal:
        services.ask(member=stranger, other=member)
    assert refusal.value.code == "takes_no_requests"


@pytest.mark.parametrize("state", ["pending", "friends"])
def test_the_database_itself_refuses_a_friendship_over_a_block(member, stranger, state):
    Block.objects.create(blocker=member, blocked=stranger)
    row = Friendship.objects.get()
    row.state, row.requested_by, row.requested_of = state, row.lo, row.hi
    row.requested_at = Block.objects.get().created_at
    row.answered_at = row.requested_at if state == "friends" else None
    with pytest.raises(IntegrityError, match="One of them blocked the other"), transaction.atomic():
        row.save()


def test_an_unblocked_member_can_ask_again_and_nothing_comes_back(member, stranger):
    befriend(member, stranger)
    services.block(member=member, other=stranger)
    services.block(member=member, other=stranger)
    services.unblock(member=member, other=stranger)
    assert circle.between(member, stranger).state == "none"
    assert services.ask(member=stranger, other=member) == "sent"


def test_a_block_of_the_other_stands_when_one_s_own_is_lifted(member, stranger):
    services.block(member=member, other=stranger)
    services.block(member=stranger, other=member)
    services.unblock(member=member, other=stranger)
    with pytest.raises(Refused):
        services.ask(member=member, other=stranger)


def test_nobody_keeps_away_from_themselves(member):
    for deed in (services.block, services.mute_member):
        with pytest.raises(Refused) as refusal:
            deed(member=member, other=member)
        assert refusal.value.code == "yourself"


def test_what_each_was_told_of_the_other_is_forgotten(member, stranger, author):
    ours = NotificationFactory(member=member, actor=stranger)
    Mail.objects.create(notification=ours)
    NotificationFactory(member=stranger, actor=member)
    kept = NotificationFactory(member=member, actor=author)
    services.block(member=member, other=stranger)
    assert list(Notification.objects.all()) == [kept]
    assert not Mail.objects.exists()


def test_neither_side_of_a_block_is_told_of_the_other(member, stranger, author, words):
    services.block(member=member, other=stranger)
    assert told(stranger, member, author) == 1
    assert told(member, stranger, author) == 1
    assert {row.member for row in Notification.objects.all()} == {author}


def test_a_mute_is_heard_by_nobody_and_stops_one_direction(member, stranger, words):
    befriend(member, stranger)
    services.mute_member(member=member, other=stranger)
    services.mute_member(member=member, other=stranger)
    assert told(stranger, member) == 0
    assert told(member, stranger) == 1
    assert circle.between(member, stranger).state == "friends"
    services.unmute_member(member=member, other=stranger)
    assert not Mute.objects.exists()
    assert told(stranger, member) == 1


@pytest.mark.parametrize("keep_away", [services.block, services.mute_member])
def test_what_a_team_decides_is_told_nevertheless(member, team_member, keep_away):
    keep_away(member=member, other=team_member)
    assert told(team_member, member, kind="ideas.decided") == 1
    assert told(team_member, member, kind="ideas.commented") == 0


def test_a_mention_by_a_blocked_member_tells_nobody(member, stranger, idea, deliver):
    services.block(member=member, other=stranger)
    discussing.comment(idea=idea, by=stranger, body="Look here, @mara.", kind="comment")
    deliver()
    assert not Notification.objects.filter(member=member).exists()


def test_lists_of_who_is_kept_away(member):
    others = MemberFactory.create_batch(3)
    for other in others:
        services.block(member=member, other=other)
        services.mute_member(member=member, other=other)
    assert [row.blocked for row in circle.blocks_of(member).items] == others[::-1]
    first = circle.mutes_of(member, size=2)
    second = circle.mutes_of(member, cursor=first.next, size=2)
    assert [row.muted for row in (*first.items, *second.items)] == others[::-1]
    assert second.next == ""
