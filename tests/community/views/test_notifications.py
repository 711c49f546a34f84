import pytest
from django.urls import reverse

from community.models import Notification
from tests.factories.community import MemberFactory, NotificationFactory

pytestmark = pytest.mark.django_db

LIST = "/notifications/"


def shown(page):
    """The notifications on a page, in its order."""
    return [notification for line in page["items"] for notification in line.all]


def test_visitors_have_none(visitor):
    assert visitor.get(LIST).status_code == 302


def test_members_see_their_own_newest_first(as_member, member):
    NotificationFactory(subject="Somebody else's")
    old = NotificationFactory(member=member)
    new = NotificationFactory(member=member, actor=MemberFactory())
    assert shown(as_member.get(LIST).context["page"]) == [new, old]


@pytest.mark.parametrize("query", ["", "?show=unread", "?group=comments"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_a_fixed_number_of_statements(
    as_member, member, rows, query, django_assert_num_queries
):
    for _row in range(rows):
        NotificationFactory(member=member, actor=MemberFactory(), kind="ideas.commented")
    as_member.get(LIST + query)
    # Session, member, notifications with their actors, unread count.
    with django_assert_num_queries(4):
        as_member.get(LIST + query)


def test_pages_follow_each_other_without_gap_or_overlap(as_member, member):
    made = [NotificationFactory(member=member) for _number in range(65)]
    seen, address, pages = [], LIST, 0
    while address:
        page = as_member.get(address).context["page"]
        seen += shown(page)
        address, pages = page["next_url"] and LIST + page["next_url"], pages + 1
    assert pages == 3
    assert seen == made[::-1]


@pytest.mark.parametrize("place", ["", "x", "-1", "9" * 40, "1' OR 1=1", "٣"])
def test_a_forged_place_is_taken_for_the_beginning(as_member, member, place):
    notification = NotificationFactory(member=member)
    response = as_member.get(LIST, {"before": place})
    assert shown(response.context["page"]) == [notification]


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


def test_the_bell_is_asked_for_alone(as_member, member, django_assert_num_queries):
    NotificationFactory.create_batch(3, member=member)
    as_member.get(f"{LIST}count/")
    # Session, member, unread count.
    with django_assert_num_queries(3):
        response = as_member.get(f"{LIST}count/")
    assert '<span class="badge-count">3' in response.text
    assert "<html" not in response.text
    assert "no-store" in response.headers["Cache-Control"]


def test_the_unread_and_one_group_can_be_shown_alone(as_member, member):
    comment = NotificationFactory(member=member, kind="ideas.commented")
    read = NotificationFactory(member=member, kind="ideas.decided", read_at="2026-03-04T12:00Z")
    assert shown(as_member.get(LIST, {"show": "unread"}).context["page"]) == [comment]
    assert shown(as_member.get(LIST, {"group": "decisions"}).context["page"]) == [read]
    assert shown(as_member.get(LIST, {"group": "no such"}).context["page"]) == [read, comment]


def test_some_are_marked_read_and_unread(as_member, member):
    one, two, three = NotificationFactory.create_batch(3, member=member)
    others = NotificationFactory()
    ids = [one.pk, two.pk, others.pk, "x", "9" * 40]
    response = as_member.post(f"{LIST}mark/", {"ids": ids, "read": "true", "unread": "1"})
    assert response.headers["Location"] == f"{LIST}?show=unread"
    assert set(Notification.objects.unread()) == {three, others}
    as_member.post(f"{LIST}mark/", {"ids": [two.pk], "read": "false"})
    assert set(Notification.objects.unread()) == {two, three, others}


def test_marking_leads_back_to_the_list_it_was_in(as_member, member):
    told = NotificationFactory(member=member, kind="ideas.commented")
    page = as_member.get(LIST, {"group": "comments"}).text
    assert '<input type="hidden" name="group" value="comments">' in page
    for group, back in (("comments", f"{LIST}?group=comments"), ("//evil.example", LIST)):
        sent = {"ids": [told.pk], "read": "true", "group": group}
        assert as_member.post(f"{LIST}mark/", sent).headers["Location"] == back


def test_opening_one_reads_what_was_told_together_with_it(as_member, member):
    for _number in range(3):
        newest = NotificationFactory(member=member, kind="ideas.commented")
    later = NotificationFactory(member=member, kind="ideas.commented", topic="idea:2")
    as_member.get(reverse("community:notification", args=[newest.pk]))
    assert list(Notification.objects.unread()) == [later]
