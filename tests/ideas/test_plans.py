"""EXPLAIN of every query that lists ideas: each uses its index, whatever the size of the site."""

import json
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.generator import fill_quietly, words
from benchmarks.generator.sizes import Size
from community.models import Member
from ideas import finding, record
from ideas.listing import Wanted, page_of
from ideas.models import Board, Decision, Idea
from ideas.ordering import HOT, NEEDS_SUPPORT, NEW, ORDERS, TOP

# Reading this many rows from end to end is what must not happen.
MANY = 10_000
SITE = Size("plans", 15_000, 15_000, 11_000, 11_000, 60, 0, words=8)
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


@pytest.fixture(scope="module")
def large_site(django_db_setup, django_db_blocker):
    """15,000 ideas, gone with the module's transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        connection.ensure_connection()
        fill_quietly(connection.connection, SITE)
        yield
        transaction.set_rollback(True)
    # Statistics of rows that are gone would mislead the planner in other tests.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        connection.close()


@pytest.fixture
def viewer(large_site):
    return Member.objects.order_by("-id")[0]


def nodes(plan):
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def explain(query, params):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}", params)
        answer = cursor.fetchone()[0]
    (whole,) = json.loads(answer) if isinstance(answer, str) else answer
    return list(nodes(whole["Plan"]))


def long_tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [MANY]
        )
        return {name for (name,) in cursor.fetchall()}


def plans_of(ask):
    """The plans of all statements that something takes, and no sequential scan of a long table."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    plans = [
        explain(query["sql"], None)
        for query in captured.captured_queries
        if query["sql"].startswith("SELECT")
    ]
    long = long_tables()
    assert "ideas_idea" in long
    scanned = [
        node["Relation Name"]
        for plan in plans
        for node in plan
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in long
    ]
    assert not scanned
    return plans


def indexes_of(plans):
    return {node["Index Name"] for plan in plans for node in plan if "Index Name" in node}


def sorted_rows(plans):
    """Nodes that read rows only to sort them."""
    return [node for plan in plans for node in plan if "Sort" in node["Node Type"]]


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
    assert "idea_words_by_age" in indexes_of(plans)


def test_misspelt_words_are_found_by_their_letters():
    plans = plans_of(lambda: page_of(Wanted(words="Quastenflossr"), None))
    assert "idea_title_trigrams" in indexes_of(plans)


def test_twins_are_found_by_words_and_letters(viewer):
    title = Idea.objects.filter(title__contains=words.RARE)[0].title
    found = indexes_of(plans_of(lambda: finding.twins(title=title, viewer=viewer)))
    assert {"idea_words_by_age", "idea_title_trigrams"} <= found


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
