from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

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
