from datetime import timedelta

import pytest
from django.utils import timezone

from community.policies.publishing import can_publish
from community.services import publish_policy
from tests.factories.community import PolicyFactory

pytestmark = pytest.mark.django_db


def test_a_draft_may_be_published_now_or_for_later():
    assert can_publish(PolicyFactory(), None)
    assert can_publish(PolicyFactory(), timezone.now() + timedelta(days=1))


def test_it_waits_for_what_is_announced():
    day = timezone.now() + timedelta(days=7)
    publish_policy(version=PolicyFactory(kind="terms"), effective_at=day)
    draft = PolicyFactory(kind="terms")
    assert can_publish(draft, None).code == "overtaken"
    assert can_publish(draft, day).code == "overtaken"
    assert can_publish(draft, day + timedelta(seconds=1))
    assert can_publish(PolicyFactory(kind="privacy"), None)


def test_nothing_held_before_it_was_published():
    assert can_publish(PolicyFactory(), timezone.now() - timedelta(days=1)).code == "in_the_past"


def test_what_is_published_is_not_published_again():
    assert can_publish(publish_policy(version=PolicyFactory()), None).code == "published"
