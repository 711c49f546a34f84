"""Pages of lists: every idea once, in order, whatever filters hold and whoever votes meanwhile."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from community.cursors import BadCursor
from ideas import listing
from ideas.listing import Wanted, first, page_of
from ideas.models import IdeaTally, Support
from ideas.ordering import HOT, NEEDS_SUPPORT, NEW, ORDERS, TOP, Place, start_of
from ideas.services import tallies
from ideas.services.hiding import set_idea_hidden
from ideas.services.supporting import give_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import BoardFactory, DraftFactory, IdeaFactory, idea_in, supported

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


def walk(viewer=None, between=lambda: None, **wanted):
    """Every idea of a list, page by page; `between` happens after each page."""
    ideas, place = [], None
    while True:
        page = page_of(Wanted(after=place, size=3, **wanted), viewer)
        assert len(page.items) <= 3
        ideas += page.items
        if page.next is None:
            return ideas
        place = Place.decode(page.next.encode())
        between()


def ids(ideas):
    return [idea.pk for idea in ideas]


@pytest.fixture
def many(board):
    """Ten ideas with ties in every key, and some that no list shows."""
    now = timezone.now()
    ideas = [
        IdeaFactory(board=board, opened_at=now - place % 4 * A_DAY, title=f"Idea {place}")
        for place in range(10)
    ]
    voters = MemberFactory.create_batch(4)
    votes = [
        Support(idea=idea, member=voter, state="counted", counted_at=now - place % 3 * A_DAY)
        for place, idea in enumerate(ideas)
        for voter in voters[: place % 4]
    ]
    Support.objects.bulk_create(votes)
    tallies.sweep()
    for place, idea in enumerate(ideas):
        IdeaTally.objects.filter(pk=idea.pk).update(shuffle=place % 7 / 7)
    DraftFactory(board=board)
    set_idea_hidden(idea=IdeaFactory(board=board), hidden=True)
    return ideas


each_order = pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)


@each_order
def test_paging_reaches_every_idea_exactly_once(many, order):
    assert sorted(ids(walk(order=order))) == sorted(ids(many))


@each_order
def test_paging_reaches_every_idea_of_a_filter_exactly_once(many, order, board):
    IdeaFactory.create_batch(4)
    assert sorted(ids(walk(order=order, board=board.slug, status="open"))) == sorted(ids(many))


@pytest.mark.parametrize(("order", "field"), [(HOT, "hot"), (TOP, "supports"), (NEW, "opened_at")])
def test_pages_are_in_order_and_ties_are_broken_by_the_newer(many, order, field):
    keys = [(getattr(idea.tally, field), idea.pk) for idea in walk(order=order)]
    assert all(one > other for one, other in pairwise(keys))


@each_order
def test_a_page_may_be_exactly_full(many, order):
    page = page_of(Wanted(order=order, size=10), None)
    assert len(page.items) == 10
    assert page.next is None


@each_order
def test_an_empty_list(order):
    page = page_of(Wanted(order=order), None)
    assert (page.items, page.next) == ([], None)


@each_order
def test_votes_that_arrive_meanwhile_repeat_nothing_and_lose_nothing_else(many, order):
    """An idea that rises past the reader may be gone; the others are there once."""
    risen = iter(many)
    touched = set()

    def vote():
        idea = next(risen)
        touched.add(idea.pk)
        supported(idea, 2)

    seen = ids(walk(order=order, between=vote))
    assert len(seen) == len(set(seen))
    assert set(ids(many)) - touched <= set(seen)


@pytest.mark.parametrize("order", [NEW, NEEDS_SUPPORT], ids=["new", "needs-support"])
def test_where_votes_do_not_sort_they_hide_nothing(many, order):
    def vote():
        for idea in many:
            supported(idea)

    everything = page_of(Wanted(order=order, size=50), None).items
    assert ids(walk(order=order, between=vote))[:6] == ids(everything)[:6]


class TestNeedsSupport:
    """Open ideas with fewer than five supporters, once around a circle."""

    def place(self, idea, where):
        IdeaTally.objects.filter(pk=idea.pk).update(shuffle=where)
        return idea

    @pytest.fixture
    def around(self, board):
        start = start_of()
        places = [start * share for share in (0, 0.3, 0.6, 0.9)]
        places += [start + (1 - start) * share for share in (0, 0.3, 0.6, 0.9)]
        ideas = [self.place(IdeaFactory(board=board), place) for place in places]
        return ideas[4:] + ideas[:4]

    def test_it_begins_at_the_place_of_the_day_and_goes_once_around(self, around):
        assert ids(walk(order=NEEDS_SUPPORT)) == ids(around)

    @pytest.mark.parametrize("size", range(1, 10))
    def test_whatever_the_size_of_a_page(self, around, size):
        seen, place = [], None
        while True:
            page = page_of(Wanted(order=NEEDS_SUPPORT, after=place, size=size), None)
            seen += ids(page.items)
            if page.next is None:
                break
            place = page.next
        assert seen == ids(around)

    def test_midnight_does_not_move_a_walk_that_has_begun(self, around, monkeypatch):
        def strike_twelve():
            monkeypatch.setattr(listing, "start_of", lambda: (start_of() + 0.37) % 1)

        assert ids(walk(order=NEEDS_SUPPORT, between=strike_twelve)) == ids(around)

    def test_what_has_its_supporters_is_not_on_it(self, around):
        supported(around[0], 5)
        supported(around[1], 4)
        assert ids(walk(order=NEEDS_SUPPORT)) == ids(around[1:])

    def test_only_open_ideas_need_support(self, around):
        idea_in("under_review")
        assert len(walk(order=NEEDS_SUPPORT)) == len(around)


class TestFilters:
    @pytest.fixture
    def heating(self):
        return BoardFactory(slug="heating")

    def test_each_alone(self, idea, heating):
        other = idea_in("declined", board=heating, author__handle="hugo")
        other.tags.add("Heat pump")
        assert ids(walk(board="heating")) == [other.pk]
        assert ids(walk(status="declined")) == [other.pk]
        assert ids(walk(author="hugo")) == [other.pk]
        assert ids(walk(author="HUGO")) == [other.pk]
        assert ids(walk(tag="heat-pump")) == [other.pk]

    def test_all_together(self, heating):
        ideas = IdeaFactory.create_batch(2, board=heating, title="A lamp")
        ideas[0].tags.add("light")
        wanted = {
            "board": "heating",
            "status": "open",
            "author": ideas[0].author.handle,
            "tag": "light",
        }
        assert ids(walk(**wanted)) == [ideas[0].pk]
        assert ids(walk(**wanted, words="lamps")) == [ideas[0].pk]
        assert walk(**(wanted | {"status": "declined"})) == []

    @pytest.mark.parametrize(
        "wanted",
        [{"board": "none"}, {"status": "none"}, {"tag": "none"}, {"author": "none"}],
    )
    def test_what_nobody_has(self, idea, wanted):
        assert walk(**wanted) == []

    def test_a_tag_that_two_spellings_share_lists_an_idea_once(self, idea):
        idea.tags.add("light", "night")
        assert len(walk(tag="light")) == 1

    def test_days_are_those_of_the_reader(self, board):
        """Posted at half past ten in the evening in London: already tomorrow in Berlin."""
        late = IdeaFactory(board=board, opened_at=datetime(2026, 6, 1, 22, 30, tzinfo=UTC))
        first_, second = date(2026, 6, 1), date(2026, 6, 2)
        with timezone.override("Europe/London"):
            assert ids(walk(since=first_, until=first_)) == [late.pk]
        with timezone.override("Europe/Berlin"):
            assert walk(since=first_, until=first_) == []
            assert ids(walk(since=second, until=second)) == [late.pk]

    @pytest.mark.parametrize("day", [date.min, date.max])
    def test_the_ends_of_time(self, idea, day):
        assert walk(since=day) == ([] if day == date.max else [idea])
        assert walk(until=day) == ([idea] if day == date.max else [])


class TestForeignPlaces:
    @pytest.mark.parametrize("wanted", [{"order": TOP}, {"order": NEW}, {"words": "lamp"}])
    def test_a_place_of_another_order(self, many, wanted):
        place = page_of(Wanted(order=HOT, size=3), None).next
        with pytest.raises(BadCursor):
            page_of(Wanted(after=Place(place.key + 0.5, place.id), **wanted), None)

    @pytest.mark.parametrize("position", [-1, 301, 10**9, 0.5, "1", None])
    def test_a_position_that_no_search_gives(self, many, position):
        with pytest.raises(BadCursor):
            page_of(Wanted(words="idea", after=Place(position, 1)), None)


def test_the_first_few(many):
    assert ids(first(Wanted(order=TOP), None, 4)) == ids(walk(order=TOP))[:4]


def test_cards_know_their_reader(idea, stranger, author):
    give_support(idea=idea, member=stranger)
    (card,) = first(Wanted(), stranger, 1)
    assert (card.viewer_support, card.is_own) == ("counted", False)
    (card,) = first(Wanted(), author, 1)
    assert (card.viewer_support, card.is_own) == ("", True)
    (card,) = first(Wanted(), None, 1)
    assert (card.viewer_support, card.is_own, card.clock.state) == ("", False, "waiting")
