"""The page of trust levels: the table for everybody, one's own way for members."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reputation.models import Grace
from tests.factories.community import MemberFactory
from tests.factories.reputation import earns, was_active

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_large_site")]
PAGE = "/reputation/levels/"


def read(browser):
    return browser.get(PAGE).content.decode()


def test_a_visitor_reads_the_whole_table(visitor):
    page = read(visitor)
    for name in ("Newcomer", "Member", "Regular", "Trusted", "Steward"):
        assert name in page
    assert "Links in one text" in page
    assert "Where you are" not in page
    assert "asked for by half" not in page


def test_a_small_site_says_so(visitor, monkeypatch):
    monkeypatch.setattr("reputation.demands.SMALL_SITE", 200)
    assert "asked for by half" in read(visitor)


def test_a_member_sees_how_far_they_have_got(signed_in):
    member = MemberFactory(trust_level=1)
    was_active(member, 6)
    page = read(signed_in(member))
    assert "6 of 15" in page
    assert 'max="15" value="6"' in page
    assert "Next: Regular" in page


def test_a_bar_does_not_overflow(signed_in):
    member = MemberFactory(trust_level=1)
    was_active(member, 40)
    page = read(signed_in(member))
    assert "40 of 15" in page
    assert 'max="15" value="15"' in page


def test_a_newcomer_reads_of_the_address_first(signed_in, newcomer):
    page = read(signed_in(newcomer))
    assert "confirm your e-mail address" in page
    assert "And one of these:" in page


def test_a_trusted_member_reads_what_keeps_the_level(signed_in):
    member = earns(MemberFactory(trust_level=3), 3)
    page = read(signed_in(member))
    assert "50 of 45" in page
    assert "You have fallen below" not in page


def test_who_is_in_grace_is_warned(signed_in):
    member = MemberFactory(trust_level=3)
    now = timezone.now()
    Grace.objects.create(member=member, began_at=now, ends_at=now + timedelta(days=14))
    assert "You have fallen below" in read(signed_in(member))


def test_a_steward_reads_thanks(signed_in):
    assert "the highest level there is" in read(signed_in(MemberFactory(trust_level=4)))


@pytest.mark.parametrize(("level", "queries"), [(0, 5), (1, 7), (3, 9), (4, 3)])
def test_cost(signed_in, django_assert_num_queries, level, queries):
    browser = signed_in(earns(MemberFactory(trust_level=level), 3))
    read(browser)
    with django_assert_num_queries(queries):
        read(browser)


def test_the_profile_shows_the_level(visitor):
    member = MemberFactory(handle="nadia", trust_level=3)
    page = visitor.get(member.get_absolute_url()).content.decode()
    assert "Trusted" in page
    assert PAGE in page
