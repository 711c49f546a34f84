from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from community import services
from community.errors import Refused
from community.models import Consent, PolicyVersion, SiteSettings
from community.models.policy import ConsentWay
from community.services.consenting import is_asked
from tests.factories.community import MemberFactory, PolicyFactory

pytestmark = pytest.mark.django_db


def asked(member):
    member.refresh_from_db()
    return is_asked(member, SiteSettings.objects.current())


def published(**fields):
    return services.publish_policy(version=PolicyFactory(**fields))


def test_nobody_is_asked_before_anything_is_published(member):
    PolicyFactory()
    assert not asked(member)


def test_members_are_asked_until_they_agree_and_again_by_a_new_version(member):
    first = published(kind="terms", number=1)
    assert asked(member)
    services.agree(member=member, versions=[first], way=ConsentWay.ASKED)
    assert not asked(member)
    second = published(kind="terms", number=2)
    assert asked(member)
    assert list(PolicyVersion.objects.missing_for(member.pk)) == [second]


def test_agreeing_to_one_of_two_is_not_enough(member):
    terms, privacy = published(kind="terms"), published(kind="privacy")
    services.agree(member=member, versions=[terms], way=ConsentWay.ASKED)
    assert asked(member)
    services.agree(member=member, versions=[terms, privacy], way=ConsentWay.ASKED)
    assert not asked(member)
    assert Consent.objects.filter(member=member).count() == 2


def test_a_draft_that_was_written_first_and_published_later_is_asked_for(member):
    late = PolicyFactory(kind="terms", number=1)
    services.agree(
        member=member, versions=[published(kind="privacy", number=1)], way=ConsentWay.ASKED
    )
    services.publish_policy(version=late)
    assert asked(member)


def test_what_is_published_stands(member):
    version = published()
    for change in (lambda: version.save(), version.delete):
        version.text_en = "Something else."
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refused):
        services.publish_policy(version=version)


def test_consents_are_only_ever_added(member):
    version = published()
    services.agree(member=member, versions=[version], way=ConsentWay.SIGN_UP)
    consent = Consent.objects.get()
    consent.given_at -= timedelta(days=1)
    for change in (consent.save, consent.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    services.agree(member=member, versions=[version], way=ConsentWay.ASKED)
    assert Consent.objects.get().way == ConsentWay.SIGN_UP


def test_the_newest_of_each_kind_is_current():
    published(kind="terms", number=1)
    terms, privacy = published(kind="terms", number=2), published(kind="privacy", number=1)
    PolicyFactory(kind="privacy", number=2)
    assert list(PolicyVersion.objects.current()) == [terms, privacy]
    assert PolicyVersion.objects.missing_for(MemberFactory().pk).count() == 2


def test_what_is_announced_is_asked_for_from_its_day_on(member):
    now = published(kind="terms")
    services.agree(member=member, versions=[now], way=ConsentWay.ASKED)
    day = timezone.now() + timedelta(days=14)
    coming = services.publish_policy(version=PolicyFactory(kind="terms"), effective_at=day)
    assert not asked(member)
    with time_machine.travel(day - timedelta(seconds=1), tick=False):
        assert not asked(member)
        assert list(PolicyVersion.objects.current()) == [now]
    with time_machine.travel(day, tick=False):
        assert asked(member)
        services.agree(member=member, versions=[coming], way=ConsentWay.ASKED)
        assert not asked(member)


def test_agreeing_meanwhile_is_no_agreement_to_what_comes(member):
    day = timezone.now() + timedelta(days=14)
    services.publish_policy(version=PolicyFactory(kind="terms"), effective_at=day)
    services.agree(member=member, versions=[published(kind="privacy")], way=ConsentWay.ASKED)
    with time_machine.travel(day, tick=False):
        assert asked(member)


def test_nothing_holds_before_it_is_published():
    past = timezone.now() - timedelta(minutes=1)
    with pytest.raises(Refused) as refused:
        services.publish_policy(version=PolicyFactory(), effective_at=past)
    assert refused.value.code == "in_the_past"
    draft = PolicyFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyVersion.objects.filter(pk=draft.pk).update(
            published_at=timezone.now(), effective_at=past
        )


def test_versions_come_into_force_in_the_order_in_which_they_were_published():
    day = timezone.now() + timedelta(days=14)
    services.publish_policy(version=PolicyFactory(kind="terms"), effective_at=day)
    for early in (None, day - timedelta(days=1), day):
        with pytest.raises(Refused) as refused:
            services.publish_policy(version=PolicyFactory(kind="terms"), effective_at=early)
        assert refused.value.code == "overtaken"
    published(kind="privacy")
    later = day + timedelta(days=1)
    services.publish_policy(version=PolicyFactory(kind="terms"), effective_at=later)


@pytest.mark.parametrize(
    "half", [{"published_at": timezone.now()}, {"effective_at": timezone.now()}]
)
def test_nothing_is_published_without_a_day_nor_in_force_unpublished(half):
    draft = PolicyFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyVersion.objects.filter(pk=draft.pk).update(**half)
