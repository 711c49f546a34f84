from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from community import services
from community.models import Mail, Notification
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def told(*members, actor=None, event_id=7, days_ago=0, **changes):
    facts = {
        "kind": "test.told",
        "topic": "idea:1",
        "subject": "A charging point\nat every bakery",
        "excerpt": "Because.",
        "url": "/ideas/1/",
        "actor_id": actor.pk if actor else None,
        "occurred_at": timezone.now() - timedelta(days=days_ago),
    } | changes
    return services.notify(event_id=event_id, recipients=[member.pk for member in members], **facts)


def names():
    return sorted(Notification.objects.values_list("member__handle", flat=True))


def test_members_are_told_once_and_mailed(member, stranger):
    assert told(member, stranger) == 2
    assert told(member, stranger, MemberFactory(handle="late")) == 1
    assert names() == ["late", "mara", "tom"]
    assert Mail.objects.count() == 3
    assert Notification.objects.first().subject == "A charging point at every bakery"


def test_nobody_is_told_of_their_own_deeds(member, stranger):
    told(member, stranger, actor=member)
    assert names() == ["tom"]


def test_the_inactive_and_the_unknown_are_not_told(member):
    gone = MemberFactory(is_active=False)
    Ghost = type(member)(pk=10**9)  # noqa: N806
    assert told(member, gone, Ghost) == 1


def test_a_former_member_can_be_the_actor(member):
    ghost = type(member)(pk=10**9)
    told(member, actor=ghost)
    assert Notification.objects.get().actor_id is None


def test_who_wants_no_mail_is_told_in_the_page_alone(member):
    MemberFactory(handle="silent", mails=False)
    quiet = MemberFactory(handle="muting")
    services.mute(member=quiet, topic="idea:1")
    unsure = MemberFactory(handle="unsure", email_verified_at=None)
    told(member, quiet, unsure, *type(member).objects.filter(handle="silent"))
    assert len(names()) == 4
    assert [mail.notification.member for mail in Mail.objects.all()] == [member]


def test_muting_is_for_one_topic_and_can_be_undone(member):
    services.mute(member=member, topic="idea:2")
    services.mute(member=member, topic="idea:2")
    told(member)
    services.unmute(member=member, topic="idea:2")
    told(member, topic="idea:2", event_id=8)
    assert Mail.objects.count() == 2


def test_old_events_fill_the_page_and_wake_nobody(member):
    told(member, days_ago=4)
    assert (Notification.objects.count(), Mail.objects.count()) == (1, 0)


def test_telling_many_costs_few_statements(member, django_assert_num_queries):
    def cost(*members, event_id):
        # Actor, known, members, insert, wishes, ids, mails, and the atomic block.
        with django_assert_num_queries(9):
            told(*members, event_id=event_id)

    cost(member, event_id=1)
    cost(*MemberFactory.create_batch(30), event_id=2)


def test_a_worker_is_asked_once(member, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(current_app, "send_task", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        told(member, event_id=1)
        told(member, event_id=2)
    assert asked == ["community.tasks.send_mails"]


def test_a_broker_that_is_down_loses_nothing(
    member, monkeypatch, django_capture_on_commit_callbacks
):
    def down(name):
        raise ConnectionError(name)

    monkeypatch.setattr(current_app, "send_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        told(member)
    assert Mail.objects.waiting().count() == 1


def test_reading_keeps_the_first_time(member):
    told(member)
    notification = Notification.objects.get()
    services.mark_read(notification=notification)
    notification.refresh_from_db()
    first = notification.read_at
    services.mark_all_read(member=member)
    notification.refresh_from_db()
    assert notification.read_at == first


def test_all_up_to_one_are_read(member):
    for event_id in (1, 2, 3):
        told(member, event_id=event_id)
    second = Notification.objects.get(event_id=2)
    services.mark_all_read(member=member, upto=second.pk)
    assert [n.event_id for n in Notification.objects.unread()] == [3]
