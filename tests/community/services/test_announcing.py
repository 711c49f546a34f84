from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import EventRecord
from community import services
from community.models import Mail, Member, Notification
from community.services import announcing
from tests.factories.community import MemberFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(member, stranger):
    return services.publish_policy(version=PolicyFactory(kind="terms"))


def tell(version, after=0):
    return announcing.tell_of_policy(
        version_id=version.pk, after=after, event_id=1, occurred_at=timezone.now()
    )


def test_every_member_is_told_in_the_page_and_by_mail(published):
    assert tell(published) == Member.objects.count() == 2
    for told in Notification.objects.all():
        assert (told.kind, told.url) == ("community.terms_published", published.get_absolute_url())
        assert "We added a word." in told.excerpt
    assert Mail.objects.count() == 2


def test_each_is_told_in_their_language_from_when_it_holds(member):
    german = MemberFactory(language="de")
    day = timezone.now().replace(year=2099, month=3, day=1)
    tell(services.publish_policy(version=PolicyFactory(), effective_at=day))
    said = dict(Notification.objects.values_list("member", "excerpt"))
    assert said[member.pk] == "In force from March 1, 2099. We added a word."
    assert said[german.pk] == "In Kraft ab 1.\u00a0März 2099. Ein Wort kam dazu."


def test_it_goes_on_in_lots_until_nobody_is_left(published, monkeypatch):
    monkeypatch.setattr(announcing, "AT_ONCE", 1)
    first, second = Member.objects.order_by("pk")
    assert tell(published) == 1
    recorded = EventRecord.objects.filter(kind="community.policy_told")
    assert recorded.get().payload == {"version_id": published.pk, "up_to": first.pk}
    assert tell(published, after=first.pk) == 1
    assert tell(published, after=second.pk) == 0
    assert recorded.count() == 2
    assert Notification.objects.count() == 2


def test_who_left_is_not_told(published):
    Member.objects.update(is_active=False)
    assert tell(published) == 0


def test_what_is_announced_is_told_now_and_not_on_its_day(member):
    day = timezone.now() + timedelta(days=14)
    version = services.publish_policy(version=PolicyFactory(), effective_at=day)
    assert tell(version) == 1
