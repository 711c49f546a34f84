"""The pages of the feed, following, and the feed's address elsewhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import EventRecord
from community import services
from community.models import SiteSettings
from community.models.sight import Visibility
from config.pages import shelf
from ideas.models import BoardFollow, FeedReader, TagFollow
from ideas.services import feeding, following, writing
from ideas.services.supporting import give_support
from tests.factories.community import MemberFactory, befriend
from tests.factories.ideas import DraftFactory, IdeaFactory, said_on
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def friend(member):
    friend = MemberFactory(handle="frida", display_name="Frida Nowak")
    befriend(member, friend)
    services.choose_visibility(member=friend, choices={"supports": Visibility.FRIENDS})
    return friend


def posted(friend, board, title="Charge by day"):
    return writing.post(draft=DraftFactory(author=friend, board=board, title=title), by=friend)


def test_says_what_friends_did(as_member, friend, board, idea):
    posted(friend, board)
    said_on(idea, body="In **winter**, too.", by=friend)
    page = read(as_member.get("/feed/"))
    assert "Frida Nowak posted an idea" in page
    assert "Frida Nowak commented" in page
    assert "In winter, too." in page


def test_is_for_members(visitor):
    assert visitor.get("/feed/").url.startswith("/accounts/login/")


def test_leads_on_where_nothing_is(as_member):
    assert "Nothing here yet" in read(as_member.get("/feed/"))


def test_refuses_what_is_no_place(as_member):
    assert as_member.get("/feed/?cursor=nonsense").status_code == 400


class TestSinceYouWereAway:
    def away(self, member, **since):
        FeedReader.objects.update(looked_at=timezone.now() - timedelta(**since))

    def test_the_first_visit_knows_of_none(self, as_member, friend, board):
        posted(friend, board)
        assert "Since you were here" not in read(as_member.get("/feed/"))

    def test_the_next_says_what_happened_and_where_one_was(self, as_member, friend, board):
        posted(friend, board, "Older things")
        as_member.get("/feed/")
        posted(friend, board, "Newer things")
        first = EventRecord.objects.filter(kind="ideas.opened").earliest("pk")
        FeedReader.objects.update(before_at=first.occurred_at)
        page = read(as_member.get("/feed/"))
        assert "Since you were here" in page
        assert "1 new idea" in page
        places = [page.html.index(f"{words}") for words in ("Newer", "You were here", "Older")]
        assert places == sorted(places)

    def test_looks_close_together_are_one_visit(self, member):
        assert feeding.look(member=member) is None
        assert feeding.look(member=member) is None
        self.away(member, hours=2)
        before = FeedReader.objects.get().looked_at
        assert feeding.look(member=member) == before
        assert feeding.look(member=member) == before


@pytest.mark.parametrize("rows", [1, 3])
def test_costs_the_same_for_any_number(as_member, friend, board, rows, django_assert_num_queries):
    for idea in IdeaFactory.create_batch(rows, board=board):
        said_on(idea, by=friend)
        give_support(idea=idea, member=friend)
    SiteSettings.objects.current()
    with django_assert_num_queries(11):
        as_member.get("/feed/")


class TestFollowing:
    def test_a_board_and_back(self, as_member, member, board):
        page = read(as_member.post("/boards/charging/follow/", {"on": "true"}, follow=True))
        assert "Charging" in page
        assert BoardFollow.objects.get().member == member
        assert 'aria-pressed="true"' in read(as_member.get("/boards/charging/")).html
        as_member.post("/boards/charging/follow/", {"on": "false"})
        assert not BoardFollow.objects.exists()

    def test_a_tag_and_back(self, as_member, idea):
        idea.tags.set(["night"])
        assert "Follow: night" in read(as_member.get("/ideas/?tag=night"))
        for _ in range(2):
            as_member.post("/tags/night/follow/", {"on": "true", "next": "/ideas/?tag=night"})
        assert TagFollow.objects.get().tag.name == "night"
        assert "Following: night" in read(as_member.get("/ideas/?tag=night"))
        as_member.post("/tags/night/follow/", {"on": "false"})
        assert not TagFollow.objects.exists()

    def test_a_member_and_back(self, as_member, member, stranger):
        page = as_member.post("/people/tom/follow/", {"on": "true"})
        assert page.url == "/people/tom/"
        assert "Follow no more" in read(as_member.get("/people/tom/"))
        assert "Tom Okafor" in read(as_member.get("/feed/following/"))
        as_member.post("/people/tom/follow/", {"on": "false"})
        assert "Tom Okafor" not in read(as_member.get("/feed/following/"))

    def test_htmx_gets_the_button(self, as_member, board):
        answer = as_member.post(
            "/boards/charging/follow/", {"on": "true"}, headers={"HX-Request": "true"}
        )
        page = read(answer)
        assert not page.is_whole
        assert page.value_of("on") == "false"

    @pytest.mark.parametrize("next_", ["https://elsewhere.example/", "//elsewhere.example/"])
    def test_leads_nowhere_else(self, as_member, board, next_):
        answer = as_member.post("/boards/charging/follow/", {"on": "true", "next": next_})
        assert answer.url == "/feed/following/"


class TestAtom:
    @pytest.fixture
    def secret(self, member):
        return feeding.make_address(member=member)

    def entries(self, visitor, secret):
        shelf.clear()
        answer = visitor.get(f"/feed/{secret}.atom")
        return answer.content.decode() if answer.status_code == 200 else answer.status_code

    def test_tells_what_the_feed_tells_but_no_supports(
        self, visitor, secret, member, friend, board, idea
    ):
        posted(friend, board)
        give_support(idea=idea, member=friend)
        following.follow(idea=idea, member=member)
        said_on(idea, body="Not <b>here</b>.", by=friend)
        text = self.entries(visitor, secret)
        assert "Frida Nowak posted an idea: Charge by day" in text
        assert "Frida Nowak commented: Charge at night" in text
        assert "support" not in text
        assert text.count("<entry>") == 2

    def test_speaks_the_members_language(self, visitor, secret, member, friend, board):
        member.language = "de"
        member.save()
        posted(friend, board)
        assert "Frida Nowak hat eine Idee gepostet" in self.entries(visitor, secret)

    def test_is_shown_once_and_ends(self, as_member, visitor):
        page = read(as_member.post("/feed/address/", {"on": "true"}))
        address = page.html.split('<code class="address">')[1].split("</code>")[0]
        path = "/feed/" + address.split("/feed/")[1]
        assert visitor.get(path).status_code == 200
        assert address not in read(as_member.get("/feed/following/"))
        as_member.post("/feed/address/", {"on": "false"})
        assert visitor.get(path).status_code == 404

    def test_a_new_address_ends_the_old_one(self, visitor, secret, member):
        feeding.make_address(member=member)
        assert self.entries(visitor, secret) == 404

    def test_of_somebody_who_is_gone_leads_nowhere(self, visitor, secret, member):
        member.is_active = False
        member.save()
        assert self.entries(visitor, secret) == 404

    def test_is_kept_by_nobody_on_the_way(self, visitor, secret):
        assert "no-store" in visitor.get(f"/feed/{secret}.atom")["Cache-Control"]

    def test_only_a_digest_is_kept(self, secret):
        assert secret not in str(FeedReader.objects.values().get())

    @pytest.mark.parametrize("level", Visibility)
    def test_comments_are_told_to_whom_they_are_shown(
        self, visitor, secret, member, friend, idea, level
    ):
        said_on(idea, by=friend)
        services.choose_visibility(member=friend, choices={"comments": level})
        assert ("<entry>" in self.entries(visitor, secret)) == (level <= Visibility.FRIENDS)
