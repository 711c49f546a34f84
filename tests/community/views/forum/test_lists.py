"""The forum's front page and its spaces: what stands in them, and what they cost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community.cursors import Place
from community.forum import listing
from community.forum.ordering import ORDERS
from community.models import Reply, Topic
from community.services import answers, distance, hiding, replies, topics
from tests.community.views.forum.conftest import topics_of, words
from tests.factories.community import MemberFactory
from tests.factories.forum import SpaceFactory, opened, replied

pytestmark = pytest.mark.django_db

PAGES = {
    # address: statements for a visitor, for a member (session and member included)
    "/forum/": (3, 6),
    "/forum/?order=new": (3, 6),
    "/forum/?order=unanswered": (3, 6),
    "/forum/?order=top": (3, 6),
    "/forum/?kind=question&tag=fuse&author=ada": (2, 5),
    "/forum/?q=fuse": (4, 7),
    "/forum/?q=openn": (5, 8),
    "/forum/charging/": (3, 6),
    "/forum/charging/?order=unanswered": (3, 6),
}


def rich(count, space, author, team_member):
    """Topics with all that a row may show."""
    for number in range(count):
        topic = opened(space, by=author, title=f"Fuse {number}", tags=["fuse"])
        answer = replied(topic)
        answers.accept(reply=answer, by=author)
        answers.say_solved(reply=answer, by=MemberFactory(), solved=True)
        opened(space, by=author, title=f"Fuse open {number}", tags=["fuse"])
        opened(space, "announcement", by=team_member, title=f"Fuse news {number}")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("rows", [1, 3])
def test_cost(
    rows, address, visitor, as_member, space, author, team_member, django_assert_num_queries
):
    rich(rows, space, author, team_member)
    for browser, number in zip((visitor, as_member), PAGES[address], strict=True):
        with django_assert_num_queries(number):
            response = browser.get(address)
        assert topics_of(response)


@pytest.fixture
def four(space, author, team_member):
    """Topics that each order tells apart; their ids by name."""
    made = {
        name: opened(space, kind, by=author if kind != "announcement" else team_member, title=name)
        for name, kind in (
            ("old", "question"),
            ("solved", "question"),
            ("talk", "discussion"),
            ("news", "announcement"),
        )
    }
    answer = replied(made["solved"])
    answers.accept(reply=answer, by=author)
    replies.mark_helpful(reply=answer, by=author, helpful=True)
    replied(made["old"], "I wonder, too.")
    return {topic.pk: name for name, topic in made.items()}


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("latest", ["old", "solved", "news", "talk"]),
        ("new", ["news", "talk", "solved", "old"]),
        ("unanswered", ["old"]),
        ("top", ["solved", "news", "talk", "old"]),
        ("nonsense", ["old", "solved", "news", "talk"]),
    ],
)
def test_orders(visitor, four, order, names):
    response = visitor.get(f"/forum/?order={order}")
    assert [four[pk] for pk in topics_of(response)] == names


def test_who_waited_longest_comes_first(visitor, space):
    first, second = opened(space, title="One"), opened(space, title="Two")
    closed = opened(space, title="Three")
    Topic.objects.filter(pk=closed.pk).update(closed_at=timezone.now())
    assert topics_of(visitor.get("/forum/?order=unanswered")) == [first.pk, second.pk]


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_can_be_paged_to_its_end(visitor, space, monkeypatch, order):
    made = [opened(space, title=f"Lamp {n}").pk for n in range(7)]
    monkeypatch.setattr("community.views.forum.lists.Wanted", small(3))
    seen, address = [], f"/forum/?order={order}"
    while address:
        response = visitor.get(address)
        seen += topics_of(response)
        found = re.search(r'rel="next" href="([^"]+)"', response.content.decode())
        address = "/forum/" + found[1].replace("&amp;", "&") if found else ""
    assert sorted(seen) == made
    assert len(seen) == 7


def small(size):
    def wanted(**asked):
        return listing.Wanted(size=size, **asked)

    return wanted


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "WyJ4IiwxLDBd", "WzEuNSwxLDBd", "WzEsMCwwXQ", "\x00"]
)
@pytest.mark.parametrize("order", ORDERS)
def test_a_forged_cursor_is_a_bad_request(visitor, space, order, cursor):
    assert visitor.get("/forum/", {"order": order, "cursor": cursor}).status_code == 400


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_the_ends_of_the_calendar_break_nothing(visitor, space, moment):
    cursor = Place(moment, 1).encode()
    assert visitor.get("/forum/", {"order": "new", "cursor": cursor}).status_code == 400


def test_filters(visitor, space, author, stranger):
    mine = opened(space, by=author, title="Mine", tags=["fuse"])
    theirs = opened(space, "discussion", by=stranger, title="Theirs")
    elsewhere = opened(SpaceFactory(slug="else"), by=author, title="Elsewhere")

    def found(query):
        return set(topics_of(visitor.get(f"/forum/{query}")))

    assert found("?tag=fuse") == {mine.pk}
    assert found("?author=@ADA") == {mine.pk, elsewhere.pk}
    assert found("?kind=discussion") == {theirs.pk}
    assert found("?kind=nonsense") == {mine.pk, theirs.pk, elsewhere.pk}
    assert found("charging/") == {mine.pk, theirs.pk}
    assert visitor.get("/forum/nowhere/").status_code == 404


def test_a_hidden_topic_is_on_no_list(visitor, question):
    hiding.set_topic_hidden(topic=question, hidden=True)
    for address in ("/forum/", "/forum/charging/", "/forum/?q=fuse", "/forum/?order=unanswered"):
        assert topics_of(visitor.get(address)) == []


def test_htmx_gets_the_results_alone(visitor, question):
    for address in ("/forum/", "/forum/charging/"):
        response = visitor.get(address, headers={"HX-Request": "true"})
        assert "<!DOCTYPE" not in response.content.decode()
        assert topics_of(response) == [question.pk]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "It is quiet here"),
        ("?q=xyzzy", "Nothing found"),
        ("?tag=none", "No topic fits these filters"),
        ("?order=unanswered", "Every question has its answer"),
    ],
)
def test_empty_lists_say_what_to_do(visitor, space, query, said):
    assert said in words(visitor.get(f"/forum/{query}"))


def test_a_row_says_how_it_stands(as_member, question, answer, author):
    assert "Waiting for an answer" in words(as_member.get("/forum/"))
    answers.accept(reply=answer, by=author)
    answers.say_solved(reply=answer, by=MemberFactory(), solved=True)
    said = words(as_member.get("/forum/"))
    assert "Answered · Ada Brandt in Charging" in said
    assert "solved it for 1 other" in said


def said_after(topic, while_):
    """A reply at another moment than now, which in a test's transaction stands still."""
    when = topic.created_at + while_
    return Reply.objects.create(topic=topic, author=topic.author, body="b", created_at=when)


def test_a_reply_lifts_its_topic(as_member, space):
    first, second = opened(space, title="One"), opened(space, title="Two")
    assert topics_of(as_member.get("/forum/")) == [second.pk, first.pk]
    said = said_after(first, timedelta(minutes=1))
    assert topics_of(as_member.get("/forum/")) == [first.pk, second.pk]
    hiding.set_reply_hidden(reply=said, hidden=True)
    assert topics_of(as_member.get("/forum/")) == [second.pk, first.pk]


def test_a_late_import_does_not_lift_it(space):
    """What was said before the newest reply leaves the place of its topic."""
    topic = opened(space)
    said_after(topic, timedelta(days=-9))
    topic.tally.refresh_from_db()
    assert topic.tally.last_at == topic.created_at


def test_a_space_names_its_team(visitor, space, team_member):
    topics.open_topic(
        space=space, by=team_member, kind="announcement", title="News", body="b", language="en"
    )
    said = words(visitor.get("/forum/charging/"))
    assert "the Charging team reads along" in said
    assert "Announcements News" in said


class TestFollowingASpace:
    URL = "/forum/charging/follow/"

    def test_is_set_and_taken_back(self, as_member, member, space):
        assert "Follow this space" in words(as_member.get("/forum/charging/"))
        for _twice in range(2):
            assert as_member.post(self.URL, {"on": "true"}).url == "/forum/charging/"
        assert space.follows.get().member == member
        assert "Following: you hear of new topics" in words(as_member.get("/forum/charging/"))
        as_member.post(self.URL, {"on": "false"})
        assert not space.follows.exists()

    def test_htmx_gets_the_button(self, as_member, space):
        answer = as_member.post(self.URL, {"on": "true"}, headers={"HX-Request": "true"})
        assert 'aria-pressed="true"' in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_is_for_members(self, visitor, space):
        assert visitor.post(self.URL, {"on": "true"}).url.startswith("/accounts/login/")
        assert not space.follows.exists()


def test_a_topic_of_a_blocked_author_is_folded_away_for_the_blocker_alone(
    as_member, member, visitor, space, author
):
    topic = opened(space, by=author, title="Fuse")
    reply = replied(opened(space, by=member), by=author)
    distance.block(member=member, other=author)
    for address in (
        "/forum/", "/forum/?q=fuse", topic.get_absolute_url(), f"/forum/topics/{reply.topic_id}/",
    ):  # fmt: skip
        assert "You blocked the author. Show" in words(as_member.get(address)), address
        assert "You blocked the author" not in words(visitor.get(address)), address
