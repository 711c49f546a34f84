"""The queue: who gets in, what it costs, filters and views in the address, export, and bulk."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.models import IdeaTally, SavedView
from ideas.services import reviewing
from ideas.services.composing import Composed, submit
from ideas.services.reviewing import Scores
from ideas.views import review_queue
from tests.factories.community import TeamMembershipFactory
from tests.factories.ideas import GROUNDS, BoardFactory, IdeaFactory, said_on, supported
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

QUEUE = "/review/"


def rows(page):
    return [int(pk) for pk in re.findall(r'name="ideas" value="(\d+)"', page.html)]


def rich(count, board, by):
    """Ideas with all that a row may show."""
    for _ in range(count):
        idea = IdeaFactory(board=board)
        supported(idea)
        said_on(idea, kind="question")
        reviewing.score(
            idea=idea, by=by, version=0, scores=Scores(impact=1, effort=1, confidence=1, fit=1)
        )
        reviewing.assign(idea=idea, by=by, version=1, assignee=by)
        IdeaTally.objects.filter(pk=idea.pk).update(due_at=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("lane", "price"),
    [
        ("due", 13),
        ("top", 13),
        ("rising", 13),
        ("reopened", 12),
        ("unseen", 16),
        ("mine", 13),
        ("scored", 13),
        ("objections", 12),
    ],
)
def test_a_lane_costs_the_same_for_any_number(
    as_team, team_member, team, board, number, lane, price, django_assert_num_queries
):
    other = BoardFactory(team=team)
    for each in (board, other):
        rich(number, each, team_member)
    as_team.get(QUEUE)
    with django_assert_num_queries(price):
        assert as_team.get(QUEUE, {"lane": lane}).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "author"])
@pytest.mark.parametrize("path", ["", "export.csv", "export.json"])
def test_the_queue_is_for_teams(signed_in, request, who, path, idea):
    page = read(signed_in(request.getfixturevalue(who)).get(QUEUE + path))
    assert page.status == 403
    assert "for the teams that answer here" in page


def test_visitors_are_asked_who_they_are(client, db):
    assert client.get(QUEUE).status_code == 302


def test_the_header_leads_there_those_who_may(as_team, as_stranger, signed_in, admin_member):
    assert 'href="/review/"' in read(as_team.get("/ideas/")).html
    assert 'href="/review/"' in read(signed_in(admin_member).get("/ideas/")).html
    assert 'href="/review/"' not in read(as_stranger.get("/ideas/")).html


def test_a_row_says_what_matters(as_team, team_member, board):
    rich(1, board, team_member)
    page = read(as_team.get(QUEUE))
    for words in ("1 day left", "Open points: 1", "Priority: 1.0", "Anouk de Vries", "Supporters:"):
        assert words in page


def test_filters_that_make_no_sense_are_left_out(as_team, idea):
    odd = {
        "lane": "x",
        "board": "../",
        "status": "x",
        "supporters": "-1",
        "since": "x",
        "until": "1",
    }
    assert read(as_team.get(QUEUE, odd | {"assignee": "nobody", "lane": "top"})).status == 200
    assert as_team.get(QUEUE, {"cursor": "x"}).status_code == 400
    assert as_team.get(QUEUE, {"lane": "due", "cursor": "WzEsMSwwXQ"}).status_code == 400


def test_the_next_page_keeps_the_filters(as_team, board):
    ideas = [IdeaFactory(board=board) for _ in range(27)]
    first = as_team.get(QUEUE, {"lane": "top", "board": "charging"})
    address = first.context["page"]["next_url"]
    assert address.startswith("?lane=top&board=charging&cursor=")
    second = read(as_team.get(QUEUE + address))
    assert len(rows(read(first))) == 25
    assert sorted(rows(read(first)) + rows(second)) == [idea.pk for idea in ideas]


def test_htmx_gets_the_rows_alone(as_team, idea):
    page = read(as_team.get(QUEUE, {"lane": "top"}, headers={"HX-Request": "true"}))
    assert rows(page) == [idea.pk]
    assert not page.is_whole


@pytest.mark.parametrize(("most", "words"), [(99, "3"), (2, "2+"), (3, "3")])
def test_it_says_how_many_decisions_wait_and_leads_there(
    as_team, board, team_member, other_team_member, monkeypatch, most, words
):
    monkeypatch.setattr(review_queue, "MOST_COUNTED", most)
    assert '<span class="count">' not in read(as_team.get(QUEUE)).html
    elsewhere = BoardFactory(team=other_team_member.teams.get())
    for place, by in [*[(board, team_member)] * 3, (elsewhere, other_team_member)]:
        wait(IdeaFactory(board=place), by)
    page = read(as_team.get(QUEUE))
    assert 'href="/review/pending/"' in page.html
    assert f'<span class="count">{words}</span>' in page.html


def wait(idea, by):
    composed = Composed(
        to="declined", grounds=GROUNDS, publish_at=timezone.now() + timedelta(days=1)
    )
    submit(idea=idea, by=by, composed=composed)


# --- Saved views ------------------------------------------------------------------------------


def test_a_view_is_saved_with_what_makes_sense_of_it(as_team, team_member, team, board, colleague):
    query = "lane=top&board=charging&status=nonsense&next=//evil&supporters=3"
    sent = {"name": "Big ones", "team": team.pk, "query": query}
    answer = as_team.post("/review/views/", sent)
    assert answer.url == "/review/?lane=top&board=charging&supporters=3"
    view = SavedView.objects.get()
    assert (view.owner, view.team, view.query) == (team_member, team, answer.url.partition("?")[2])
    as_team.logout()
    as_team.force_login(colleague)
    assert "Big ones" in read(as_team.get(QUEUE))
    assert as_team.post(f"/review/views/{view.pk}/", {"deed": "delete"}).status_code == 404


def test_a_view_is_renamed_and_deleted(as_team, team_member):
    view = reviewing.save_view(owner=team_member, name="Mine", query="lane=mine")
    as_team.post(f"/review/views/{view.pk}/", {"name": "My ideas", "team": ""})
    assert SavedView.objects.get().name == "My ideas"
    assert as_team.post(f"/review/views/{view.pk}/", {"name": " "}).status_code == 403
    as_team.post(f"/review/views/{view.pk}/", {"deed": "delete"})
    assert not SavedView.objects.exists()


def test_a_view_is_not_shared_with_a_team_of_others(as_team, other_team_member):
    heating = other_team_member.teams.get()
    sent = {"name": "Theirs", "team": heating.pk, "query": ""}
    assert as_team.post("/review/views/", sent).status_code == 403


# --- Export -----------------------------------------------------------------------------------


def exported(answer):
    return b"".join(answer.streaming_content).decode()


def test_a_view_is_exported_with_its_filters(as_team, team_member, board):
    rich(2, board, team_member)
    formula = IdeaFactory(board=board, title="=HYPERLINK(1)")
    reviewing.note(idea=formula, by=team_member, body="Never to be exported.")
    text = exported(as_team.get("/review/export.csv", {"lane": "top"}))
    assert text.startswith("\ufeffid,title,url,board,")
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["supporters"] for row in found] == ["1", "1", "0"]
    assert "'=HYPERLINK(1)" in {row["title"] for row in found}
    assert {row["assignee"] for row in found} == {"anouk", ""}
    assert "Never" not in text
    answer = as_team.get("/review/export.json", {"lane": "top", "assignee": "none"})
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="review-top-')
    [row] = json.loads(exported(answer))
    assert (row["id"], row["priority"], row["team"]) == (formula.pk, None, "charging")
    assert row["url"] == f"http://testserver/ideas/{formula.pk}/"


def test_an_export_is_read_in_parts(as_team, board, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("ideas.views.review_queue.EXPORT_AT_ONCE", 2)
    IdeaFactory.create_batch(5, board=board)
    answer = as_team.get("/review/export.json", {"lane": "top"})
    lines = iter(answer.streaming_content)
    with django_assert_num_queries(2):
        next(lines), next(lines)
    with django_assert_num_queries(4):
        list(lines)


def test_a_new_colleague_sees_the_queue(signed_in, stranger, team, idea):
    TeamMembershipFactory(team=team, member=stranger)
    stranger.refresh_from_db()
    assert rows(read(signed_in(stranger).get(QUEUE, {"lane": "top"}))) == [idea.pk]
