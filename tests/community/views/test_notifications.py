import pytest
from django.test import Client
from django.urls import reverse

from community.models import Muted, Notification
from community.outs import Out
from tests.factories.community import MemberFactory, NotificationFactory

pytestmark = pytest.mark.django_db

LIST = "/notifications/"


def out(member, topic="idea:1"):
    return reverse("community:unsubscribe", args=[Out(member.pk, topic).token])


def test_visitors_have_none(visitor):
    assert visitor.get(LIST).status_code == 302


def test_members_see_their_own_newest_first(as_member, member):
    NotificationFactory(subject="Somebody else's")
    old = NotificationFactory(member=member)
    new = NotificationFactory(member=member, actor=MemberFactory())
    assert as_member.get(LIST).context["page"].items == [new, old]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_a_fixed_number_of_statements(
    as_member, member, rows, django_assert_num_queries
):
    for _row in range(rows):
        NotificationFactory(member=member, actor=MemberFactory())
    as_member.get(LIST)
    # Session, member, notifications with their actors, unread count.
    with django_assert_num_queries(4):
        as_member.get(LIST)


def test_pages_follow_each_other_without_gap_or_overlap(as_member, member):
    made = [NotificationFactory(member=member) for _number in range(65)]
    seen, address, pages = [], LIST, 0
    while address:
        page = as_member.get(address).context["page"]
        seen += page.items
        address, pages = page.next_url, pages + 1
    assert pages == 3
    assert seen == made[::-1]


@pytest.mark.parametrize("place", ["", "x", "-1", "9" * 40, "1' OR 1=1", "٣"])
def test_a_forged_place_is_taken_for_the_beginning(as_member, member, place):
    notification = NotificationFactory(member=member)
    response = as_member.get(LIST, {"before": place})
    assert response.context["page"].items == [notification]


def test_opening_one_marks_it_and_leads_there(as_member, member):
    notification = NotificationFactory(member=member)
    other = NotificationFactory(member=member)
    response = as_member.get(reverse("community:notification", args=[notification.pk]))
    assert response.headers["Location"] == "/ideas/1/"
    assert list(Notification.objects.unread()) == [other]


def test_nobody_opens_those_of_others(as_member):
    notification = NotificationFactory()
    address = reverse("community:notification", args=[notification.pk])
    assert as_member.get(address).status_code == 404
    assert Notification.objects.unread().exists()


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_never_leads_off_the_site(as_member, member, url):
    notification = NotificationFactory(member=member, url=url)
    address = reverse("community:notification", args=[notification.pk])
    assert as_member.get(address).status_code == 404


def test_all_are_marked_read(as_member, member):
    NotificationFactory(member=member)
    others = NotificationFactory()
    as_member.post(reverse("community:read_all"))
    assert list(Notification.objects.unread()) == [others]


def test_the_header_counts_the_unread(as_member, member):
    for _number in range(3):
        NotificationFactory(member=member)
    assert as_member.get(LIST).context["unread_count"] == 3


def test_looking_at_the_way_out_changes_nothing(visitor, member):
    NotificationFactory(member=member, subject="Bakery chargers")
    response = visitor.get(out(member))
    assert "Bakery chargers" in response.content.decode()
    assert not Muted.objects.exists()
    assert visitor.cookies == {}


def test_one_click_is_enough_and_a_second_harmless(visitor, member):
    for _click in range(2):
        response = visitor.post(out(member), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert [muted.topic for muted in Muted.objects.filter(member=member)] == ["idea:1"]


def test_mail_programs_bring_no_token_of_ours(member):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(out(member)).status_code == 200


def test_the_way_out_can_be_undone(visitor, member):
    visitor.post(out(member))
    visitor.post(out(member), {"undo": "1"})
    assert not Muted.objects.exists()


def test_all_mails_can_be_switched_off_and_on(visitor, member):
    visitor.post(out(member), {"all": "1"})
    member.refresh_from_db()
    assert not member.mails
    visitor.post(out(member), {"all": "1", "undo": "1"})
    member.refresh_from_db()
    assert member.mails


def test_the_page_speaks_the_members_language(visitor):
    german = MemberFactory(language="de")
    assert '<html lang="de">' in visitor.get(out(german)).content.decode()


def test_forged_ways_out_lead_nowhere(visitor, member):
    good = Out(member.pk, "idea:1").token
    for token in ("x", good[:-1] + ("a" if good[-1] != "a" else "b"), "W10:1:x"):
        address = reverse("community:unsubscribe", args=[token])
        assert visitor.post(address).status_code == 404
    assert visitor.post(out(MemberFactory(is_active=False))).status_code == 404
