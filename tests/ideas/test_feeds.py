"""The feeds: what stands in them, that they are well formed, and that they save bytes."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from community.models import SiteSettings
from ideas.models import Contribution, Idea, IdeaTally
from ideas.models.contribution import Part
from ideas.services.hiding import set_idea_hidden
from ideas.services.steps import Grounds, decide
from tests.factories.ideas import BoardFactory, answering, idea_in, said_on

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://ideas.example"
FEEDS = [
    "/roadmap/feed.atom",
    "/roadmap/feed.json",
    "/changelog/feed.atom",
    "/changelog/feed.json",
]


@pytest.fixture(autouse=True)
def _site_url(settings):
    settings.SITE_URL = SITE


def atom(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(feed):
    return feed.findall(f"{ATOM}entry")


def text(element, name):
    return element.find(f"{ATOM}{name}").text


def links(element):
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


@pytest.fixture
def shipped(board, author):
    return idea_in("shipped", board=board, author=author, title="Charge at <night> & day")


class TestAtom:
    def test_all_that_a_feed_needs(self, visitor, shipped):
        feed = atom(visitor.get("/changelog/feed.atom"))
        assert feed.tag == f"{ATOM}feed"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
        assert text(feed, "title").endswith(": Changelog")
        assert text(feed, "id") == f"{SITE}/changelog/"
        assert links(feed) == {
            "alternate": f"{SITE}/changelog/",
            "self": f"{SITE}/changelog/feed.atom",
        }
        assert datetime.fromisoformat(text(feed, "updated")).tzinfo

    def test_all_that_an_entry_needs(self, visitor, shipped):
        (entry,) = entries(atom(visitor.get("/changelog/feed.atom")))
        decision = shipped.decisions.latest("id")
        day = f"{decision.created_at:%Y-%m-%d}"
        assert text(entry, "id") == f"tag:ideas.example,{day}:decision/{decision.pk}"
        assert text(entry, "title") == "Charge at <night> & day"
        assert links(entry) == {"alternate": f"{SITE}/ideas/{shipped.pk}/"}
        assert text(entry, "published") == text(entry, "updated")
        assert text(entry.find(f"{ATOM}author"), "name") == "Ada Brandt"
        assert text(entry.find(f"{ATOM}author"), "uri") == f"{SITE}/people/ada/"
        summary = entry.find(f"{ATOM}summary")
        assert summary.get("type") == "html"
        assert "<p>We looked into it.</p>" in summary.text
        assert f'<a href="{SITE}/people/ada/">Ada Brandt</a> had the idea.' in summary.text

    def test_the_newest_first_and_as_new_as_that(self, visitor, board):
        for status in ("planned", "shipped", "in_progress"):
            idea_in(status, board=board, title="A lamp")
        feed = atom(visitor.get("/roadmap/feed.atom"))
        assert [text(entry, "title") for entry in entries(feed)] == [
            "In progress: A lamp", "Shipped: A lamp", "Planned: A lamp",
        ]  # fmt: skip
        assert text(feed, "updated") == text(entries(feed)[0], "updated")

    def test_a_step_further_is_a_new_entry(self, visitor, board, settings):
        settings.ANONYMOUS_PAGE_SECONDS = 0
        idea = idea_in("planned", board=board)
        (before,) = entries(atom(visitor.get("/roadmap/feed.atom")))
        grounds = Grounds(statement="We began.", rough_when="summer")
        decide(idea=idea, to="in_progress", by=answering(board), grounds=grounds)
        (after,) = entries(atom(visitor.get("/roadmap/feed.atom")))
        assert text(before, "id") != text(after, "id")

    @pytest.mark.parametrize("title", ["\x0b\x0c\x1f Ring\ufffe", "‮gnp.exe", "العربية 🎉", "]]>"])
    def test_odd_letters_keep_it_well_formed(self, visitor, board, title):
        idea = idea_in("shipped", board=board)
        Idea.objects.filter(pk=idea.pk).update(title=title)
        (entry,) = entries(atom(visitor.get("/changelog/feed.atom")))
        assert text(entry, "title") == re.sub("[\x0b\x0c\x1f\ufffe]", "", title)

    def test_it_speaks_german(self, visitor, shipped):
        feed = atom(visitor.get("/roadmap/feed.atom", headers={"Accept-Language": "de"}))
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
        assert text(entries(feed)[0], "title").startswith("Umgesetzt: ")


class TestJson:
    def test_all_that_a_feed_needs(self, visitor, shipped):
        response = visitor.get("/changelog/feed.json?board=charging")
        assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
        feed = response.json()
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"] == "Changelog: Charging"
        assert feed["language"] == "en"
        assert feed["home_page_url"] == f"{SITE}/changelog/?board=charging"
        assert feed["feed_url"] == f"{SITE}/changelog/feed.json?board=charging"
        (item,) = feed["items"]
        assert item["url"] == f"{SITE}/ideas/{shipped.pk}/"
        assert item["id"].startswith("tag:ideas.example,")
        assert item["title"] == "Charge at <night> & day"
        assert "<p>We looked into it.</p>" in item["content_html"]
        assert item["authors"] == [{"name": "Ada Brandt", "url": f"{SITE}/people/ada/"}]
        assert item["tags"] == ["Charging", "Shipped"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo

    def test_it_says_what_atom_says(self, visitor, shipped):
        (entry,) = entries(atom(visitor.get("/roadmap/feed.atom")))
        (item,) = visitor.get("/roadmap/feed.json").json()["items"]
        assert item["id"] == text(entry, "id")
        assert item["content_html"] == text(entry, "summary")


class TestWhatIsInThem:
    @pytest.mark.parametrize("address", FEEDS)
    def test_never_what_is_hidden_or_merged(self, visitor, as_member, member, board, address):
        for status in ("planned", "shipped"):
            hidden = idea_in(status, board=board, author=member, title="Buy my pills")
            set_idea_hidden(idea=hidden, hidden=True)
            merged = idea_in(status, board=board, author=member, title="Buy my pills")
            Idea.objects.filter(pk=merged.pk).update(merged_into=idea_in("open", board=board))
        for browser in (visitor, as_member):
            response = browser.get(address)
            assert response.status_code == 200
            assert b"pills" not in response.content

    @pytest.mark.parametrize("address", FEEDS)
    def test_one_board_alone(self, visitor, board, address):
        idea_in("shipped", board=board, title="Here")
        idea_in("shipped", board=BoardFactory(), title="Elsewhere")
        page = visitor.get(f"{address}?board=charging").content.decode()
        assert "Here" in page
        assert "Elsewhere" not in page

    @pytest.mark.parametrize("board", ["nowhere", "%00", "%0A"])
    def test_of_no_board_is_not_found(self, visitor, board):
        assert visitor.get(f"/roadmap/feed.atom?board={board}").status_code in (400, 404)

    @pytest.mark.parametrize("address", FEEDS)
    def test_without_entries_they_are_feeds_all_the_same(self, visitor, address):
        first, second = visitor.get(address), visitor.get(address)
        assert first.content == second.content
        assert first.headers["Last-Modified"] == "Thu, 01 Jan 1970 00:00:00 GMT"

    @pytest.mark.parametrize("rows", [1, 3])
    @pytest.mark.parametrize(("address", "statements"), [(FEEDS[0], 5), (FEEDS[3], 3)])
    def test_cost(self, visitor, board, rows, address, statements, django_assert_num_queries):
        for _ in range(rows):
            idea = idea_in("shipped", board=board)
            said = said_on(idea, kind="builds_on")
            Contribution.objects.create(
                idea=idea,
                member=said.author,
                part=Part.BUILDS_ON,
                comment=said,
                recorded_at=timezone.now(),
            )
        SiteSettings.objects.current()
        with django_assert_num_queries(statements):
            assert visitor.get(address).status_code == 200


class TestUnchanged:
    @pytest.mark.parametrize("who", ["visitor", "as_member"])
    @pytest.mark.parametrize("address", FEEDS)
    def test_by_etag(self, request, shipped, who, address):
        browser = request.getfixturevalue(who)
        etag = browser.get(address).headers["ETag"]
        again = browser.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")

    @pytest.mark.parametrize("who", ["visitor", "as_member"])
    @pytest.mark.parametrize("address", FEEDS)
    def test_by_date(self, request, shipped, who, address):
        IdeaTally.objects.filter(pk=shipped.pk).update(decided_at=timezone.now())
        browser = request.getfixturevalue(who)
        changed = browser.get(address).headers["Last-Modified"]
        for _shelved in range(2):
            again = browser.get(address, headers={"If-Modified-Since": changed})
            assert again.status_code == 304
        earlier = "Thu, 01 Jan 2026 00:00:00 GMT"
        assert browser.get(address, headers={"If-Modified-Since": earlier}).status_code == 200
        assert browser.get(address, headers={"If-Modified-Since": "soon"}).status_code == 200

    def test_an_etag_outweighs_the_date(self, visitor, shipped):
        changed = visitor.get(FEEDS[0]).headers["Last-Modified"]
        headers = {"If-Modified-Since": changed, "If-None-Match": '"another"'}
        assert visitor.get(FEEDS[0], headers=headers).status_code == 200
