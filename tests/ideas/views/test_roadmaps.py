"""Roadmap and changelog as pages: who sees what, filters, paging, what they cost."""

import re
from html import unescape

import pytest
from django.utils import timezone

from community.models import SiteSettings
from config.pages import shelf
from ideas.models import Contribution, Idea, IdeaImage, IdeaTally
from ideas.models.contribution import Part
from ideas.services import following
from ideas.services.hiding import set_idea_hidden
from tests.factories.community import MemberFactory
from tests.factories.ideas import BoardFactory, idea_in, said_on
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

STATUSES = ("planned", "in_progress", "shipped")


def rich(count, board):
    """In each column that many ideas with all that the pages show."""
    for _ in range(count):
        for status in STATUSES:
            idea = idea_in(status, board=board)
            idea.tags.add("light")
            IdeaImage.objects.create(idea=idea, file="a.png", width=4, height=3)
            said = said_on(idea, kind="builds_on")
            Contribution.objects.create(
                idea=idea,
                member=said.author,
                part=Part.BUILDS_ON,
                comment=said,
                recorded_at=timezone.now(),
            )


def shown(page):
    """The ideas of the page, by id, in order."""
    links = re.findall(r'<h[34][^>]*><a href="/ideas/(\d+)/"', page.html)
    return [int(pk) for pk in links]


PAGES = {
    # address: statements for a visitor, for a member (session and member included)
    "/roadmap/": (5, 8),
    "/roadmap/?board=charging&tag=light": (5, 8),
    "/roadmap/?status=planned": (3, 6),
    "/changelog/": (5, 8),
    "/changelog/?board=charging&tag=light": (5, 8),
}


class TestCost:
    @pytest.fixture(autouse=True)
    def _site_is_known(self, db):
        SiteSettings.objects.current()

    @pytest.mark.parametrize("address", PAGES)
    @pytest.mark.parametrize("rows", [1, 3])
    def test_for_a_visitor(self, visitor, board, rows, address, django_assert_num_queries):
        rich(rows, board)
        with django_assert_num_queries(PAGES[address][0]):
            assert visitor.get(address).status_code == 200

    @pytest.mark.parametrize("address", PAGES)
    @pytest.mark.parametrize("rows", [1, 3])
    def test_for_a_member(self, as_stranger, board, rows, address, django_assert_num_queries):
        rich(rows, board)
        with django_assert_num_queries(PAGES[address][1]):
            assert as_stranger.get(address).status_code == 200


class TestRoadmap:
    def test_three_columns_that_say_how_they_are_ordered(self, visitor, board):
        for status in STATUSES:
            idea_in(status, board=board, title=f"A lamp {status}")
        page = read(visitor.get("/roadmap/"))
        for heading in ("Planned", "In progress", "Shipped lately"):
            assert heading in page
        assert "By when we expect it. What was decided last stands first." in page
        assert "By month, the latest first." in page
        assert len(shown(page)) == 3

    def test_a_card_says_whose_idea_when_and_how_big(self, visitor, board, author):
        idea_in("planned", board=board, author=author, title="Charge at night")
        page = read(visitor.get("/roadmap/"))
        for words in (
            "An idea of Ada Brandt", "spring", "medium: weeks", "We looked into it.",
            "0 supporters", "Charging",
        ):  # fmt: skip
            assert words in page

    def test_ideas_stand_under_their_rough_date(self, visitor, board):
        first, second = (idea_in("planned", board=board) for _ in range(2))
        page = read(visitor.get("/roadmap/"))
        assert page.html.count("<h3>spring</h3>") == 1
        assert shown(page) == [second.pk, first.pk]

    def test_shipped_ideas_stand_under_their_month(self, visitor, board):
        idea = idea_in("shipped", board=board)
        IdeaTally.objects.filter(pk=idea.pk).update(decided_at="2026-03-04T12:00Z")
        assert "<h3>March 2026</h3>" in read(visitor.get("/roadmap/")).html

    def test_empty_columns_say_so(self, visitor):
        page = read(visitor.get("/roadmap/"))
        for words in (
            "Nothing is planned at the moment.", "Nothing is in the works at the moment.",
            "Nothing has shipped yet.",
        ):  # fmt: skip
            assert words in page
        assert "Nothing here fits these filters." in read(visitor.get("/roadmap/?tag=x"))

    def test_filters_stand_in_the_address(self, visitor, board):
        here, elsewhere = idea_in("planned", board=board), idea_in("planned", board=BoardFactory())
        page = read(visitor.get("/roadmap/?board=charging"))
        assert shown(page) == [here.pk]
        assert 'value="charging" selected' in page.html
        assert "feed.atom?board=charging" in page.html
        assert len(shown(read(visitor.get("/roadmap/?board=nowhere")))) == 2
        assert elsewhere.pk in shown(read(visitor.get("/roadmap/")))

    def test_odd_filters_are_left_out(self, visitor, board):
        idea = idea_in("planned", board=board)
        assert shown(read(visitor.get("/roadmap/?tag=&status=open"))) == [idea.pk]

    def test_a_column_is_read_to_its_end(self, visitor, board):
        ideas = [idea_in("planned", board=board) for _ in range(10)]
        page = read(visitor.get("/roadmap/?board=charging"))
        seen = shown(page)
        assert len(seen) == 8
        more = unescape(re.search(r'class="button block" href="([^"]+)"', page.html)[1])
        assert {"status=planned", "board=charging"} < set(more.lstrip("?").split("&"))
        rest = read(visitor.get(f"/roadmap/{more}"))
        assert seen + shown(rest) == [idea.pk for idea in reversed(ideas)]
        assert 'class="button block"' not in rest.html
        assert "All columns" in rest

    def test_htmx_gets_the_columns_alone(self, visitor, board):
        idea_in("planned", board=board)
        part = read(visitor.get("/roadmap/", headers={"HX-Request": "true"}))
        assert part.html.lstrip().startswith('<div id="results"')
        assert not part.is_whole

    @pytest.mark.parametrize("address", ["/roadmap/?status=planned&", "/changelog/?"])
    @pytest.mark.parametrize("cursor", ["x", "WzEsMSwwXQ", "%00"])
    def test_forged_places_are_refused(self, visitor, address, cursor):
        assert visitor.get(f"{address}cursor={cursor}").status_code == 400

    def test_what_is_hidden_or_merged_is_nowhere(self, visitor, as_author, author, board):
        for status in STATUSES:
            hidden = idea_in(status, board=board, author=author, title="Buy my pills")
            set_idea_hidden(idea=hidden, hidden=True)
            merged = idea_in(status, board=board, author=author, title="Buy my pills")
            Idea.objects.filter(pk=merged.pk).update(merged_into=idea_in("open", board=board))
        for address in ("/roadmap/", "/roadmap/?status=planned", "/changelog/"):
            assert "Buy my pills" not in read(visitor.get(address)), address
            assert "Buy my pills" not in read(as_author.get(address)), address

    def test_typed_code_stays_text(self, visitor, board):
        idea_in("planned", board=board, title="<script>alert(1)</script>")
        assert "<script>alert" not in read(visitor.get("/roadmap/")).html


class TestFollowing:
    def test_members_follow_from_the_roadmap_and_stay_there(self, as_stranger, stranger, board):
        idea = idea_in("planned", board=board)
        page = read(as_stranger.get("/roadmap/?board=charging"))
        assert page.value_of("next") == "/roadmap/?board=charging"
        sent = {"on": "true", "brief": "1", "next": "/roadmap/?board=charging"}
        response = as_stranger.post(f"/ideas/{idea.pk}/follow/", sent)
        assert response.headers["Location"] == "/roadmap/?board=charging"
        assert stranger.follows.filter(idea=idea).exists()
        assert 'aria-pressed="true"' in read(as_stranger.get("/roadmap/")).html

    def test_htmx_gets_the_brief_button(self, as_stranger, stranger, board):
        idea = idea_in("planned", board=board)
        following.follow(idea=idea, member=stranger)
        sent = {"on": "false", "brief": "1"}
        part = read(
            as_stranger.post(f"/ideas/{idea.pk}/follow/", sent, headers={"HX-Request": "true"})
        )
        assert f'id="follow-{idea.pk}"' in part.html
        assert 'aria-pressed="false"' in part.html

    @pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "roadmap"])
    def test_nobody_is_led_elsewhere(self, as_stranger, idea, place):
        response = as_stranger.post(f"/ideas/{idea.pk}/follow/", {"on": "true", "next": place})
        assert response.headers["Location"] == idea.get_absolute_url()

    def test_visitors_see_no_button(self, visitor, board):
        idea_in("planned", board=board)
        assert (
            "aria-pressed" not in read(visitor.get("/roadmap/", headers={"HX-Request": "1"})).html
        )


class TestChangelog:
    def test_what_whose_and_how_long(self, visitor, board, author):
        idea = idea_in(
            "shipped", board=board, author=author, opened_at=timezone.now() - timezone.timedelta(34)
        )
        IdeaImage.objects.create(
            idea=idea, file="lamp.png", width=4, height=3, description="A lamp at night"
        )
        page = read(visitor.get("/changelog/"))
        for words in (
            idea.title, "We looked into it.", "Ada Brandt had the idea.",
            "The Charging team shipped it.", "34 days", 'alt="A lamp at night"',
        ):  # fmt: skip
            assert words in page

    def test_only_what_shipped_by_month_the_latest_first(self, visitor, board):
        idea_in("in_progress", board=board)
        old, new = (idea_in("shipped", board=board) for _ in range(2))
        IdeaTally.objects.filter(pk=old.pk).update(decided_at="2026-03-04T12:00Z")
        page = read(visitor.get("/changelog/"))
        assert shown(page) == [new.pk, old.pk]
        assert "March 2026" in page

    def test_it_is_read_to_its_end(self, visitor, board):
        ideas = [idea_in("shipped", board=board) for _ in range(14)]
        page = read(visitor.get("/changelog/?board=charging"))
        more = unescape(re.search(r'rel="next" href="([^"]+)"', page.html)[1])
        assert "board=charging" in more
        rest = read(visitor.get(f"/changelog/{more}"))
        assert shown(page) + shown(rest) == [idea.pk for idea in reversed(ideas)]

    def test_nothing_yet(self, visitor):
        assert "Nothing has shipped yet" in read(visitor.get("/changelog/"))
        assert "Nothing that shipped fits" in read(visitor.get("/changelog/?tag=x"))


class TestElsewhere:
    def test_a_shipped_idea_says_how_long_it_took_and_thanks(self, visitor, board, author):
        idea = idea_in("shipped", board=board, author=author)
        page = read(visitor.get(f"/ideas/{idea.pk}/"))
        assert "Ada Brandt had the idea." in page
        assert "From idea to shipping" in page
        assert "Thank you" in page
        other = idea_in("in_progress", board=board)
        assert "From idea to shipping" not in read(visitor.get(f"/ideas/{other.pk}/"))

    def test_home_names_what_shipped_lately(self, visitor, board):
        set_idea_hidden(idea=idea_in("shipped", board=board), hidden=True)
        assert "Lately shipped" not in read(visitor.get("/"))
        shelf.clear()
        idea_in("shipped", board=board, title="Lamps everywhere")
        page = read(visitor.get("/"))
        assert "Lately shipped" in page
        assert "Lamps everywhere" in page

    @pytest.mark.parametrize("address", ["/roadmap/", "/changelog/"])
    def test_feeds_are_named_in_the_page_and_in_its_head(self, visitor, address):
        html = read(visitor.get(address)).html
        for kind, name in (("atom+xml", "feed.atom"), ("feed+json", "feed.json")):
            assert f'<link rel="alternate" type="application/{kind}"' in html
            assert html.count(f'href="{address}{name}"') == 2

    def test_every_page_leads_there(self, visitor):
        html = read(visitor.get("/ideas/")).html
        for address in ("/roadmap/", "/changelog/"):
            header, footer = html.split("<main")
            assert f'href="{address}"' in header
            assert f'href="{address}"' in footer


def test_supporters_are_thanked_by_their_number(visitor, board):
    idea = idea_in("shipped", board=board)
    IdeaTally.objects.filter(pk=idea.pk).update(supports=1284)
    assert "thank you to the 1,284 who supported it" in read(visitor.get(f"/ideas/{idea.pk}/"))


def test_a_member_without_a_part_is_not_named(visitor, board):
    MemberFactory(display_name="Nobody Special")
    idea_in("shipped", board=board)
    assert "Nobody Special" not in read(visitor.get("/changelog/"))
