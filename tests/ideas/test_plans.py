"""EXPLAIN of every query that lists ideas: each uses its index, whatever the size of the site."""

from dataclasses import replace

import pytest

from benchmarks.generator import words
from community.models import Member
from ideas import finding, record
from ideas.listing import Wanted, page_of
from ideas.models import Board, Decision, Idea
from ideas.ordering import HOT, NEEDS_SUPPORT, NEW, ORDERS, TOP
from tests.plans import SITE, indexes_of, plans_of, sorted_rows

BOARD = "charging"
INDEXES = {
    (HOT, ""): "hot_all",
    (HOT, "board"): "hot_board",
    (HOT, "status"): "hot_status",
    (TOP, ""): "top_all",
    (TOP, "board"): "top_board",
    (TOP, "status"): "top_status",
    (NEW, ""): "new_all",
    (NEW, "board"): "new_board",
    (NEW, "status"): "new_status",
    (NEEDS_SUPPORT, ""): "few_all",
    (NEEDS_SUPPORT, "board"): "few_board",
    # All of them are open: that is what the index holds.
    (NEEDS_SUPPORT, "status"): "few_all",
}
FILTERS = {"": {}, "board": {"board": BOARD}, "status": {"status": "open"}}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("large_site")]


@pytest.fixture
def viewer(large_site):
    return Member.objects.order_by("-id")[0]


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize("filtered", FILTERS)
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_list_reads_its_index_and_no_more(order, filtered, who, request):
    member = request.getfixturevalue("viewer") if who == "member" else None
    wanted = Wanted(order=order, **FILTERS[filtered])
    after = None
    for _ in range(3):
        asked = replace(wanted, after=after)
        plans = plans_of(lambda asked=asked: page_of(asked, member))
        assert INDEXES[order, filtered] in indexes_of(plans)
        assert not sorted_rows(plans)
        after = page_of(asked, member).next
        assert after is not None


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_rare_tag_is_found_by_the_tag(order):
    wanted = Wanted(order=order, tag=f"tag-{SITE.tags}")
    assert any("tag" in name for name in indexes_of(plans_of(lambda: page_of(wanted, None))))


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_an_author_is_found_by_name(order):
    wanted = Wanted(order=order, author="m_7")
    assert "idea_by_author" in indexes_of(plans_of(lambda: page_of(wanted, None)))


@pytest.mark.parametrize("word", [words.RARE, words.MEDIUM, f"{words.COMMON} {words.MEDIUM}"])
def test_words_are_found_by_their_index(word):
    plans = plans_of(lambda: page_of(Wanted(words=word), None))
    assert "idea_words" in indexes_of(plans)


def test_misspelt_words_are_found_by_their_letters():
    plans = plans_of(lambda: page_of(Wanted(words="Quastenflossr"), None))
    assert "idea_title_trigrams" in indexes_of(plans)


def test_twins_are_found_by_words_and_letters(viewer):
    title = Idea.objects.filter(title__contains=words.RARE)[0].title
    found = indexes_of(plans_of(lambda: finding.twins(title=title, viewer=viewer)))
    assert {"idea_words", "idea_title_trigrams"} <= found


def test_what_is_owed_is_found_by_its_index():
    for ideas in (Idea.objects.all(), Idea.objects.filter(board=Board.objects.all()[0])):
        rows = ideas.visible_to(None).waiting().for_cards(None)[:5]
        plans = plans_of(lambda rows=rows: list(rows))
        # Where few ideas ever earned an answer, all of those are soon sorted, too.
        assert indexes_of(plans) & {"idea_owed", "idea_promised"}


def test_answers_are_read_from_their_end():
    plans = plans_of(lambda: list(Decision.objects.lately().for_quotes()[:3]))
    assert "decision_answers" in indexes_of(plans)


def test_an_idea_s_page_reads_only_its_own_rows(client, viewer):
    client.force_login(viewer)
    pk = Idea.objects.filter(status="shipped", hidden_at=None, tally__comments__gt=2)[0].pk
    plans_of(lambda: client.get(f"/ideas/{pk}/"))


def test_the_record_of_promises_is_counted_by_its_index():
    assert "idea_promised" in indexes_of(plans_of(record.promises_kept))
