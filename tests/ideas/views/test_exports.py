"""The public list as a file: what it holds, how much, and what it must not do."""

import csv
import io
import json

import pytest

from ideas.models import Idea
from ideas.services import cowriting, writing
from ideas.services.hiding import set_idea_hidden
from ideas.views import exports
from tests.factories.community import befriend
from tests.factories.ideas import BoardFactory, DraftFactory, IdeaFactory, idea_in

pytestmark = pytest.mark.django_db


def file(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def rows(browser, query=""):
    """The rows of the CSV; JSON says the same."""
    text = file(browser.get(f"/ideas/export.csv?{query}"))
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    told = json.loads(file(browser.get(f"/ideas/export.json?{query}")))
    assert [str(row["id"]) for row in told] == [row["id"] for row in found]
    return found


def titles(browser, query=""):
    return [row["title"] for row in rows(browser, query)]


def test_all_that_a_list_shows(visitor, board, author, settings):
    settings.SITE_URL = "https://ideas.example"
    idea = idea_in("planned", board=board, author=author, title="Charge at night, cheaply")
    idea.tags.add("night", "light")
    (row,) = rows(visitor)
    assert list(row) == list(exports.COLUMNS)
    expected = {
        "id": str(idea.pk), "url": f"https://ideas.example/ideas/{idea.pk}/",
        "title": "Charge at night, cheaply", "summary": "It is dark in there.",
        "board": "Charging", "team": "Charging", "status": "planned", "author": "Ada Brandt",
        "author_handle": "ada", "tags": "light, night", "language": "en", "supporters": "0",
        "comments": "0", "posted_at": idea.opened_at.isoformat(), "answer_due_at": "",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_who_wrote_along_is_named(visitor, board, author, member):
    befriend(author, member)
    draft = DraftFactory(board=board, author=author, title="Together")
    cowriting.invite(draft=draft, by=author, friend=member)
    cowriting.accept(draft=draft, by=member)
    draft.refresh_from_db()
    writing.post(draft=draft, by=author)
    (row,) = rows(visitor)
    assert (row["co_authors"], row["co_author_handles"]) == (str(member), member.handle)


def test_headers_and_byte_order_mark(visitor, idea):
    table = visitor.get("/ideas/export.csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.headers["Content-Disposition"] == 'attachment; filename="ideas.csv"'
    assert file(table).startswith("\ufeffid,url,title")
    array = visitor.get("/ideas/export.json")
    assert array.headers["Content-Type"] == "application/json"
    assert array.headers["Content-Disposition"] == 'attachment; filename="ideas.json"'


def test_filters_and_order_are_the_lists(visitor, board):
    IdeaFactory(board=board, title="First")
    IdeaFactory(board=board, title="Second")
    IdeaFactory(board=BoardFactory(), title="Elsewhere")
    idea_in("declined", board=board, title="Declined")
    assert titles(visitor, "order=new&board=charging&status=open") == ["Second", "First"]
    assert titles(visitor, "q=elsewhere") == ["Elsewhere"]
    assert sorted(titles(visitor, "order=needs-support")) == ["Elsewhere", "First", "Second"]


def test_what_a_page_hides_is_in_no_file(visitor, as_author, author, board):
    set_idea_hidden(idea=IdeaFactory(board=board, author=author), hidden=True)
    DraftFactory(board=board, author=author)
    merged = IdeaFactory(board=board, author=author)
    survivor = IdeaFactory(board=board)
    Idea.objects.filter(pk=merged.pk).update(merged_into=survivor)
    for browser in (visitor, as_author):
        assert [row["id"] for row in rows(browser)] == [str(survivor.pk)]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1+1"])
def test_no_cell_is_a_formula(visitor, board, title):
    IdeaFactory(board=board, title=title)
    assert titles(visitor) == [f"'{title}"]


@pytest.mark.parametrize("title", ['say "hello", twice', "‮gnp.exe", "العربية 🎉", "two\nlines"])
def test_odd_letters_arrive_whole(visitor, board, title):
    IdeaFactory(board=board, title=title)
    assert titles(visitor) == [title]
    assert json.loads(file(visitor.get("/ideas/export.json")))[0]["title"] == title


@pytest.mark.parametrize("order", ["hot", "top", "new", "needs-support"])
def test_a_long_list_is_whole_and_told_in_pieces(visitor, board, order, monkeypatch):
    monkeypatch.setattr(exports, "AT_A_TIME", 3)
    ideas = IdeaFactory.create_batch(8, board=board)
    ids = [int(row["id"]) for row in rows(visitor, f"order={order}")]
    assert sorted(ids) == [idea.pk for idea in ideas]


def test_visitors_and_members_get_the_beginning_teams_get_all(
    visitor, as_stranger, as_team, board, monkeypatch
):
    monkeypatch.setattr(exports, "MOST", 4)
    IdeaFactory.create_batch(6, board=board)
    assert len(rows(visitor)) == len(rows(as_stranger)) == 4
    assert len(rows(as_team)) == 6


def test_the_list_offers_its_file_and_says_where_it_ends(visitor, idea):
    page = visitor.get("/ideas/?order=new&status=open&cursor=").content.decode()
    assert 'href="/ideas/export.csv?order=new&amp;status=open"' in page
    assert "The first 10,000 ideas; members of a team get all of them." in page
    board = visitor.get("/boards/charging/").content.decode()
    assert 'href="/ideas/export.json?order=hot&amp;board=charging"' in board


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_the_rows(visitor, board, count, django_assert_num_queries):
    for idea in IdeaFactory.create_batch(count, board=board):
        idea.tags.add("light")
    with django_assert_num_queries(3):
        file(visitor.get("/ideas/export.csv"))


def test_an_empty_list_is_a_file_all_the_same(visitor):
    assert rows(visitor) == []


def test_odd_addresses(visitor, idea):
    assert len(rows(visitor, "order=random&since=soon&board=nowhere")) == 1
    assert visitor.get("/ideas/export.csv?cursor=x").status_code == 400
    assert visitor.post("/ideas/export.csv").status_code == 405
