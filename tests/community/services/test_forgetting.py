"""What members were told is kept as long as somebody may want to read it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Bounce, Digest, Mail, Notification
from community.services import forgetting
from tests.factories.community import NotificationFactory

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - timedelta(days=days)


def test_read_ones_are_forgotten_after_a_year(member):
    NotificationFactory(member=member, created_at=ago(400), read_at=ago(366))
    kept = NotificationFactory(member=member, created_at=ago(400), read_at=ago(364))
    assert forgetting.forget_old() == 1
    assert Notification.objects.get() == kept


def test_unread_ones_are_forgotten_after_two(member):
    NotificationFactory(member=member, created_at=ago(731))
    kept = NotificationFactory(member=member, created_at=ago(729))
    assert forgetting.forget_old() == 1
    assert Notification.objects.get() == kept


def test_mail_goes_with_what_it_told(member):
    Mail.objects.create(notification=NotificationFactory(read_at=ago(366)))
    forgetting.forget_old()
    assert not Mail.objects.exists()


def test_digests_and_refusals_are_forgotten_after_a_year(member):
    facts = {"status": "5.1.1", "is_hard": True, "email": member.email}
    for days in (366, 364):
        Digest.objects.create(member=member, period="daily", day=ago(days).date())
        Digest.objects.filter(day=ago(days).date()).update(created_at=ago(days))
        Bounce.objects.create(member=member, received_at=ago(days), **facts)
    assert forgetting.forget_old() == 2
    assert Digest.objects.get().day == ago(364).date()
    assert Bounce.objects.get().received_at > ago(365)


def test_a_forgotten_digest_leaves_what_it_told(member):
    digest = Digest.objects.create(
        member=member, period="daily", day=ago(366).date(), created_at=ago(366)
    )
    told = NotificationFactory(member=member, digest=digest)
    forgetting.forget_old()
    told.refresh_from_db()
    assert told.digest is None
    assert not Notification.objects.for_digests().exists()


def test_it_goes_batch_by_batch_to_the_end(member):
    for _number in range(5):
        NotificationFactory(member=member, read_at=ago(400))
        NotificationFactory(member=member, created_at=ago(800))
    young = NotificationFactory(member=member)
    assert forgetting.forget_old(batch=2) == 10
    assert Notification.objects.get() == young
