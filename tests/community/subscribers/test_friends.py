import pytest

from activity.services import record
from community import services
from community.events import FriendshipMade, FriendshipRequested
from community.models import Export, Mail, Notification
from community.services import exporting

pytestmark = pytest.mark.django_db


def test_one_event_tells_once_and_by_mail(member, stranger, deliver):
    services.ask(member=member, other=stranger)
    deliver()
    deliver()
    (told,) = Notification.objects.all()
    assert (told.member, told.actor, told.topic) == (stranger, member, f"member:{member.pk}")
    assert Mail.objects.get().notification == told


def test_a_request_answered_before_it_is_told_is_not(member, stranger, deliver):
    services.ask(member=member, other=stranger)
    services.accept(member=stranger, other=member)
    deliver()
    assert [(told.member, told.kind) for told in Notification.objects.all()] == [
        (member, "community.friend_accepted")
    ]


def test_a_declined_request_is_told_to_nobody(member, stranger, deliver):
    services.ask(member=member, other=stranger)
    services.decline(member=stranger, other=member)
    deliver()
    assert not Notification.objects.exists()


def test_who_muted_the_asker_is_not_told_but_finds_the_request(member, stranger, deliver):
    services.mute_member(member=stranger, other=member)
    services.ask(member=member, other=stranger)
    deliver()
    assert not Notification.objects.exists()


def test_events_about_members_who_are_gone_park_nothing(member, deliver):
    record(FriendshipRequested(asker_id=10**6, asked_id=member.pk), actor=None)
    record(FriendshipMade(asker_id=member.pk, accepted_by=10**6), actor=None)
    deliver()
    assert not Notification.objects.exists()


def test_nobody_is_told_of_a_copy_that_is_gone(member, deliver, private_place):
    services.ask_for_export(member=member)
    exporting.make_waiting()
    exporting.forget(exports=Export.objects.all())
    deliver()
    assert not Notification.objects.exists()


def test_who_came_back_at_once_gets_no_mail_about_leaving(member, deliver, mailoutbox):
    services.close_account(member=member, content="keep")
    services.take_back(member=member)
    deliver()
    assert mailoutbox == []
