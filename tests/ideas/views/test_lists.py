"""Home, lists, boards and drafts: what stands in them, what they cost, and odd addresses."""

import re
from html import unescape

import pytest

from community.models import SiteSettings
from ideas.ordering import ORDERS
from ideas.services.hiding import set_idea_hidden
from ideas.services.supporting import give_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import BoardFactory, DraftFactory, IdeaFactory, idea_in, said_on
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


def rich(count, board, reader=None):
    """Ideas with all that a card and the columns beside a list may show."""
    for _ in range(count):
        idea = idea_in("declined", board=board)
        said_on(idea)
        idea = IdeaFactory(
            board=board, threshold_reached_at="2026-01-01T00:00Z", answer_due_at="2026-02-01T00:00Z"
        )
        idea.tags.add("light")
        for member in [*MemberFactory.create_batch(2), *([reader] if reader else [])]:
            give_support(idea=idea, member=member)


PAGES = {
    # address: statements for a visitor, for a member (session and member included)
    "/": (7, 10),
    "/ideas/": (3, 6),
    "/ideas/?order=top": (3, 6),
    "/ideas/?order=new": (3, 6),
    "/ideas/?order=needs-support": (4, 7),
    "/ideas/?board=charging&status=declined&tag=light": (3, 6),
    "/ideas/?q=lamp": (4, 7),
    "/ideas/?q=lapm": (5, 8),
    "/boards/charging/": (4, 7),
    "/boards/": (1, 4),
}


class TestCost:
    @pytest.fixture(autouse=True)
    def _site_is_known(self, db):
        """Asked once in a while by each process."""
        SiteSettings.objects.current()

    @pytest.mark.parametrize("address", PAGES)
    @pytest.mark.parametrize("rows", [1, 3])
    def test_for_a_visitor(self, visitor, board, rows, address, django_assert_num_queries):
        rich(rows, board)
        with django_assert_num_queries(PAGES[address][0]):
            assert visitor.get(address).status_code == 200

    @pytest.mark.parametrize("address", PAGES)
    @pytest.mark.parametrize("rows", [1, 3])
    def test_for_a_member(self, as_stranger, stranger, board, rows, address, django_assert_num_queries):  # fmt: skip # noqa: E501
        rich(rows, board, stranger)
        with django_assert_num_queries(PAGES[address][1]):
            assert as_stranger.get(address).status_code == 200

    @pytest.mark.parametrize("rows", [1, 3])
    def test_of_ones_drafts(self, as_author, author, rows, django_assert_num_queries):
        DraftFactory.create_batch(rows, author=author)
        with django_assert_num_queries(4):
            as_author.get("/drafts/")

    def test_no_list_needs_more_than_eight_statements(self):
        lists = {k: v for k, v in PAGES.items() if k.startswith(("/ideas/", "/boards/"))}
        assert max(most for _few, most in lists.values()) <= 8


class TestOrders:
    @pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
    def test_each_says_in_a_line_how_it_sorts(self, visitor, idea, order):
        page = read(visitor.get(f"/ideas/?order={order.code}"))
        assert str(order.line) in page
        assert page.cards == [idea.pk]

    def test_hot_is_the_first(self, visitor, idea):
        html = read(visitor.get("/ideas/")).html
        assert re.search(r'order=hot[^>]*aria-current="true"', html)

    def test_an_order_nobody_knows_is_hot(self, visitor, idea):
        assert read(visitor.get("/ideas/?order=random")).cards == [idea.pk]

    def test_the_formula_is_on_a_page(self, visitor):
        assert read(visitor.get("/ideas/ordering/")).status == 200

    @pytest.mark.parametrize("order", ORDERS)
    def test_the_next_page_is_a_link_that_keeps_the_filters(self, visitor, board, order):
        ideas = IdeaFactory.create_batch(25, board=board)
        page = read(visitor.get(f"/ideas/?order={order}&board=charging"))
        seen = page.cards
        address = unescape(re.search(r'rel="next" href="([^"]+)"', page.html)[1])
        assert "board=charging" in address
        last = read(visitor.get(f"/ideas/{address}"))
        assert sorted(seen + last.cards) == sorted(idea.pk for idea in ideas)
        assert 'rel="next"' not in last.html


class TestHtmx:
    """The results alone for who swaps them in; the whole page for everybody else."""

    @pytest.mark.parametrize("address", ["/ideas/", "/boards/charging/"])
    def test_the_results_alone(self, visitor, idea, address):
        part = read(visitor.get(address, headers={"HX-Request": "true"}))
        assert not part.is_whole
        assert part.html.lstrip().startswith('<div id="results"')
        assert part.cards == [idea.pk]
        assert "HX-Request" in part.response.headers["Vary"]

    def test_a_whole_page_is_not_answered_with_a_part(self, visitor, idea):
        visitor.get("/ideas/", headers={"HX-Request": "true"})
        assert read(visitor.get("/ideas/")).is_whole


class TestSearch:
    def test_hits_are_marked_and_what_was_typed_stays(self, visitor, board):
        IdeaFactory(board=board, title="A lamp <script>alert(1)</script>")
        page = read(visitor.get("/ideas/?q=lamps"))
        assert "<mark>lamp</mark> &lt;script&gt;" in page.html
        assert page.value_of("q") == "lamps"
        assert "Best match first" in page

    def test_what_was_typed_is_escaped(self, visitor):
        html = read(visitor.get("/ideas/", {"q": '"><script>alert(1)</script>'})).html
        assert "<script>alert" not in html

    def test_nothing_found_offers_to_be_the_first(self, visitor):
        page = read(visitor.get("/ideas/?q=pumpkin"))
        assert "Nothing found" in page
        assert "/ideas/new/" in page.html


class TestBadAddresses:
    @pytest.mark.parametrize(
        "query",
        [
            "board=none", "status=none", "status=draft", "tag=%F0%9F%A6%94", "author=%40",
            "since=yesterday", "until=2026-13-45", "since=0001-01-01&until=9999-12-31",
            "order=%00x", "board=charging&board=heating", "q=" + "x" * 5000, "author=" + "x" * 400,
            "q=%E2%80%8B%E2%80%8B", "q=%ED%A0%80", "q=%ff%fe", "status=%ff", "tag=" + "y" * 400,
        ],
    )  # fmt: skip
    def test_a_filter_that_makes_no_sense_breaks_nothing(self, visitor, idea, query):
        assert visitor.get(f"/ideas/?{query}").status_code in (200, 400)

    @pytest.mark.parametrize("bad", ["board=none", "status=none", "since=yesterday"])
    def test_the_other_filters_still_hold(self, visitor, idea, bad):
        idea_in("declined")
        other = IdeaFactory(author__handle="hugo")
        assert read(visitor.get(f"/ideas/?{bad}&author=hugo")).cards == [other.pk]

    @pytest.mark.parametrize("cursor", ["x", "WzEsMV0", "%00", "%ff", "AAAA", "x" * 5000])
    @pytest.mark.parametrize("address", ["/ideas/", "/boards/charging/"])
    def test_a_forged_cursor_is_a_bad_request(self, visitor, board, address, cursor):
        page = read(visitor.get(f"{address}?cursor={cursor}"))
        assert page.status == 400
        assert page.is_whole

    def test_a_cursor_of_another_order_is_a_bad_request(self, visitor, board):
        IdeaFactory.create_batch(21, board=board)
        html = read(visitor.get("/ideas/?order=new")).html
        cursor = re.search(r"cursor=([\w-]+)", html)[1]
        assert visitor.get(f"/ideas/?order=top&cursor={cursor}").status_code == 400

    @pytest.mark.parametrize("address", ["/boards/none/", "/boards/%00/", "/ideas/99999999999999999999/", "/ideas/0/"])  # fmt: skip # noqa: E501
    def test_what_is_not_there(self, visitor, address):
        assert visitor.get(address).status_code in (400, 404)


class TestBoard:
    def test_its_ideas_and_its_promise(self, visitor, board, idea):
        IdeaFactory(board=BoardFactory())
        page = read(visitor.get("/boards/charging/"))
        assert page.cards == [idea.pk]
        assert "Charging" in page

    def test_another_board_in_the_address_changes_nothing(self, visitor, idea):
        BoardFactory(slug="heating")
        assert read(visitor.get("/boards/charging/?board=heating")).cards == [idea.pk]

    def test_what_it_owes_is_on_it(self, visitor, board):
        owed = IdeaFactory(
            board=board, threshold_reached_at="2026-01-01T00:00Z", answer_due_at="2026-02-01T00:00Z"
        )
        assert owed.title in read(visitor.get("/boards/charging/"))
        assert "Overdue" in read(visitor.get("/boards/charging/"))


class TestHome:
    def test_it_shows_what_moves_people_and_what_was_decided(self, visitor, idea):
        idea_in("declined", title="Free beer")
        page = read(visitor.get("/"))
        assert "Charge at night" in page
        assert "Free beer" in page
        assert "We looked into it." in page

    def test_hidden_ideas_are_nowhere(self, visitor, as_author, author):
        hidden = idea_in("declined", title="Buy my pills", author=author)
        set_idea_hidden(idea=hidden, hidden=True)
        for address in ("/", "/ideas/", "/ideas/?q=pills", f"/boards/{hidden.board.slug}/"):
            assert "Buy my pills" not in read(visitor.get(address))
        assert "Buy my pills" not in read(as_author.get("/ideas/"))


class TestDrafts:
    def test_ones_own_alone(self, as_author, author, stranger):
        DraftFactory(author=author, title="Mine")
        DraftFactory(author=stranger, title="Not mine")
        page = read(as_author.get("/drafts/"))
        assert "Mine" in page
        assert "Not mine" not in page

    def test_visitors_sign_in_first(self, visitor):
        assert visitor.get("/drafts/").status_code == 302
