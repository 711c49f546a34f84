from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import EventRecord
from community import circle, services
from community.errors import Refused
from community.models import Friend, Friendship
from tests.factories.community import MemberFactory, befriend

pytestmark = pytest.mark.django_db


def read(one, other):
    return circle.between(one, other).state


def later(days):
    """As if all that was asked so far had been asked so many days earlier."""
    back = timedelta(days=days)
    for row in Friendship.objects.all():
        for name in ("requested_at", "lo_asked_at", "hi_asked_at"):
            if getattr(row, name):
                setattr(row, name, getattr(row, name) - back)
        row.save()


def recorded(kind):
    return EventRecord.objects.filter(kind=f"community.{kind}").count()


def test_asking_and_accepting_makes_friends(member, stranger):
    assert services.ask(member=member, other=stranger) == "sent"
    assert (read(member, stranger), read(stranger, member)) == ("sent", "received")
    services.accept(member=stranger, other=member)
    assert (read(member, stranger), read(stranger, member)) == ("friends", "friends")
    assert Friend.objects.count() == 2
    assert (recorded("friendship_requested"), recorded("friendship_made")) == (1, 1)


def test_a_crossing_request_is_an_acceptance(member, stranger):
    services.ask(member=member, other=stranger)
    assert services.ask(member=stranger, other=member) == "friends"
    assert read(member, stranger) == "friends"
    assert Friendship.objects.count() == 1
    assert (recorded("friendship_requested"), recorded("friendship_made")) == (1, 1)


def test_asking_twice_is_asking_once(member, stranger):
    assert [services.ask(member=member, other=stranger) for _time in range(3)] == ["sent"] * 3
    assert recorded("friendship_requested") == 1
    assert circle.between(member, stranger).asks == 1


def test_asking_a_friend_changes_nothing(member, stranger):
    befriend(member, stranger)
    assert services.ask(member=member, other=stranger) == "friends"
    assert recorded("friendship_requested") == 0


def test_a_decline_is_silent(member, stranger):
    services.ask(member=member, other=stranger)
    before = circle.between(member, stranger)
    services.decline(member=stranger, other=member)
    assert circle.between(member, stranger) == before
    assert read(stranger, member) == "none"
    assert services.ask(member=member, other=stranger) == "sent"
    assert [row.requested_of for row in circle.requests_sent(member).items] == [stranger]
    assert circle.requests_received(stranger).items == []
    assert set(EventRecord.objects.values_list("kind", flat=True)) == {
        "community.friendship_requested"
    }


def test_who_declined_can_change_their_mind(member, stranger):
    services.ask(member=member, other=stranger)
    services.decline(member=stranger, other=member)
    assert services.ask(member=stranger, other=member) == "friends"


def test_asking_again_after_30_days_and_at_most_twice(member, stranger):
    services.ask(member=member, other=stranger)
    services.decline(member=stranger, other=member)
    for asks in (2, 3):
        later(29)
        services.ask(member=member, other=stranger)
        assert circle.between(member, stranger).asks == asks - 1
        later(2)
        assert services.ask(member=member, other=stranger) == "sent"
        assert circle.between(member, stranger).asks == asks
        assert read(stranger, member) == "received"
        services.decline(member=stranger, other=member)
    later(400)
    with pytest.raises(Refused) as refusal:
        services.ask(member=member, other=stranger)
    assert refusal.value.code == "asked_enough"
    # The other may still ask.
    assert services.ask(member=stranger, other=member) == "friends"


def test_withdrawing_is_no_way_around_the_wait(member, stranger):
    services.ask(member=member, other=stranger)
    services.withdraw(member=member, other=stranger)
    assert (read(member, stranger), read(stranger, member)) == ("none", "none")
    with pytest.raises(Refused) as refusal:
        services.ask(member=member, other=stranger)
    assert refusal.value.code == "asked_lately"
    later(31)
    assert services.ask(member=member, other=stranger) == "sent"


def test_a_withdrawn_request_cannot_be_answered(member, stranger):
    services.ask(member=member, other=stranger)
    services.withdraw(member=member, other=stranger)
    for answer in (services.accept, services.decline):
        with pytest.raises(Refused) as refusal:
            answer(member=stranger, other=member)
        assert refusal.value.code == "no_request"


def test_what_was_accepted_cannot_be_withdrawn(member, stranger):
    befriend(member, stranger)
    with pytest.raises(Refused) as refusal:
        services.withdraw(member=member, other=stranger)
    assert refusal.value.code == "friends_already"


def test_nobody_accepts_their_own_request(member, stranger):
    services.ask(member=member, other=stranger)
    with pytest.raises(Refused):
        services.accept(member=member, other=stranger)
    assert read(member, stranger) == "sent"


def test_a_friendship_ends_on_both_sides_and_may_begin_again(member, stranger):
    befriend(member, stranger)
    services.unfriend(member=stranger, other=member)
    services.unfriend(member=stranger, other=member)
    assert not Friend.objects.exists()
    assert recorded("friendship_ended") == 1
    assert services.ask(member=member, other=stranger) == "sent"


def test_newcomers_do_not_ask_but_may_answer(newcomer, member):
    with pytest.raises(Refused) as refusal:
        services.ask(member=newcomer, other=member)
    assert refusal.value.code == "trust_level_too_low"
    assert "level 1 (Member)" in refusal.value.reason
    services.ask(member=member, other=newcomer)
    assert services.ask(member=newcomer, other=member) == "friends"


def test_ten_requests_a_day_at_level_1_and_more_above(member):
    asked = MemberFactory.create_batch(11)
    for other in asked[:10]:
        services.ask(member=member, other=other)
    # Withdrawing gives none back.
    services.withdraw(member=member, other=asked[0])
    with pytest.raises(Refused) as refusal:
        services.ask(member=member, other=asked[10])
    assert refusal.value.code == "too_many_today"
    assert "level 2" in refusal.value.reason
    member.trust_changes.create(before=1, after=2, evidence={})
    services.set_trust_levels(member_ids=[member.pk], level=2)
    assert services.ask(member=member, other=asked[10]) == "sent"


def test_the_day_is_24_hours(member):
    asked = MemberFactory.create_batch(11)
    for other in asked[:10]:
        services.ask(member=member, other=other)
    later(1.01)
    assert services.ask(member=member, other=asked[10]) == "sent"


def test_twenty_requests_wait_at_level_1(member):
    for _round in range(2):
        for other in MemberFactory.create_batch(10):
            services.ask(member=member, other=other)
        later(2)
    last = MemberFactory()
    with pytest.raises(Refused) as refusal:
        services.ask(member=member, other=last)
    assert refusal.value.code == "too_many_waiting"
    # One that was declined still waits, as far as the asker can tell.
    first = circle.requests_sent(member).items[0].requested_of
    services.decline(member=first, other=member)
    with pytest.raises(Refused):
        services.ask(member=member, other=last)
    services.withdraw(member=member, other=first)
    assert services.ask(member=member, other=last) == "sent"


@pytest.mark.parametrize(
    ("other", "code"), [("member", "yourself"), ("gone", "not_here")], ids=["self", "gone"]
)
def test_some_cannot_be_asked(member, other, code):
    other = MemberFactory(is_active=False) if other == "gone" else member
    with pytest.raises(Refused) as refusal:
        services.ask(member=member, other=other)
    assert refusal.value.code == code


def test_who_is_asked_and_who_is_accepted_is_told(member, stranger, deliver):
    services.ask(member=member, other=stranger)
    deliver()
    (told,) = stranger.notifications.all()
    assert told.sentence == "Mara Lindqvist asks to be friends with you"
    assert told.url == "/friends/requests/"
    services.accept(member=stranger, other=member)
    deliver()
    (told,) = member.notifications.all()
    assert told.sentence == "Tom Okafor is a friend of yours now"


def test_a_request_that_was_withdrawn_is_not_told(member, stranger, deliver):
    services.ask(member=member, other=stranger)
    services.withdraw(member=member, other=stranger)
    deliver()
    assert not stranger.notifications.exists()


def test_a_dismissed_suggestion_is_dismissed_once(member, stranger):
    services.dismiss(member=member, other=stranger)
    services.dismiss(member=member, other=stranger)
    with pytest.raises(Refused):
        services.dismiss(member=member, other=member)


def test_when_one_may_ask_again_is_said(member, stranger):
    services.ask(member=member, other=stranger)
    between = circle.between(member, stranger)
    assert not between.may_remind
    assert between.again_at > timezone.now() + timedelta(days=29)
    later(31)
    assert circle.between(member, stranger).may_remind
