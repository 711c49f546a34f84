from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import EventRecord
from community import services
from community.models import Member, ProfileLink
from community.services import verifying
from tests.community.test_fetching import elsewhere

__all__ = ["elsewhere"]

pytestmark = pytest.mark.django_db

PAGE = "https://mara.example.org/"


@pytest.fixture
def look(elsewhere, settings):
    settings.SITE_URL = "https://plenum.example"
    elsewhere.serve(body=b'<a rel="me" href="https://plenum.example/people/mara/">')

    def now():
        return verifying.check_due(resolve=elsewhere.resolve, connect=elsewhere.connect)

    now.site = elsewhere
    return now


def link():
    return ProfileLink.objects.get()


def due():
    ProfileLink.objects.update(due_at=timezone.now())


def test_a_page_that_links_back_is_the_member_s(member, look):
    services.save_about(member=member, links=[PAGE])
    assert look() == 1
    assert link().verified_at
    assert link().due_at > timezone.now() + timedelta(days=6)
    assert look() == 0
    assert EventRecord.objects.filter(kind="community.link_verified").count() == 1


def test_a_page_that_does_not_is_not(member, look):
    look.site.serve(body=b"Nothing here.")
    services.save_about(member=member, links=[PAGE])
    look()
    assert link().verified_at is None


def test_a_page_that_stops_linking_back_is_no_longer(member, look):
    services.save_about(member=member, links=[PAGE])
    look()
    look.site.serve(body=b"Nothing here.")
    due()
    look()
    assert link().verified_at is None


def test_a_page_that_is_away_keeps_what_was_verified(member, look):
    services.save_about(member=member, links=[PAGE])
    look()
    look.site.serve(status=503)
    due()
    look()
    assert link().verified_at
    assert EventRecord.objects.filter(kind="community.link_verified").count() == 1


def test_a_page_that_links_to_an_old_handle_still_counts(member, look):
    services.save_profile(member=member, handle="mara_new")
    services.save_about(member=member, links=[PAGE])
    look()
    assert link().verified_at


def test_somebody_else_s_page_is_not_mine(stranger, look):
    services.save_about(member=stranger, links=[PAGE])
    look()
    assert link().verified_at is None


def test_a_link_inside_our_network_is_never_gone_to(member, look):
    services.save_about(member=member, links=["https://inside.example.org/"])
    look.site.hosts.clear()
    assert look() == 1
    assert look.site.hosts == []
    assert link().verified_at is None


def test_a_link_in_the_hands_of_a_worker_is_left_to_it(member, look):
    services.save_about(member=member, links=[PAGE])
    assert len(verifying._claim()) == 1
    assert look() == 0


def test_a_link_that_was_replaced_meanwhile_stays_as_it_is(member, look):
    services.save_about(member=member, links=[PAGE])
    (old,) = verifying._claim()
    services.save_about(member=member, links=[PAGE])
    verifying._settle(old, found=True)
    assert link().verified_at is None


def test_saving_again_keeps_what_was_verified(member, look):
    services.save_about(member=member, links=[PAGE])
    look()
    services.save_about(member=member, links=["https://other.example.org/", PAGE])
    first, second = ProfileLink.objects.all()
    assert (first.url, first.verified_at) == ("https://other.example.org/", None)
    assert (second.url, bool(second.verified_at)) == (PAGE, True)


def test_a_member_can_have_us_look_again(member, look):
    look.site.serve(body=b"Not yet.")
    services.save_about(member=member, links=[PAGE])
    look()
    services.check_links_again(member=Member.objects.get(pk=member.pk))
    look.site.serve(body=b'<a rel="me" href="https://plenum.example/people/mara/">')
    assert look() == 1
    assert link().verified_at
