"""The review for programs: the team alone, with a scope of its own, and the same rules."""

import pytest

from ideas.models import Note, Review, SavedView
from ideas.services import reviewing
from tests.factories.community import secret_of
from tests.factories.ideas import IdeaFactory, said_on

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/review/"
SCORES = {"impact": 4, "effort": 2, "confidence": 3, "fit": 5, "version": 0}


@pytest.fixture
def as_(api):
    def program(member, *scopes):
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(member, *(scopes or ('review',)))}")
        return api

    return program


def at(idea, rest=""):
    return f"{ROOT}ideas/{idea.pk}/{rest}"


def problem(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content


@pytest.mark.parametrize("path", ["", "ideas/{}/", "ideas/{}/notes/", "ideas/{}/deeds/"])
def test_reading_needs_the_scope_and_the_team(api, as_, idea, team_member, stranger, path):
    address = ROOT + path.format(idea.pk)
    assert api.get(address).status_code == 401
    problem(as_(team_member, "read", "write").get(address), 403, "scope_missing")
    problem(as_(stranger).get(address), 403, "not_your_team" if path else "no_team")
    assert as_(team_member).get(address).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "author", "other_team_member"])
def test_nobody_else_writes(as_, idea, request, who):
    program = as_(request.getfixturevalue(who))
    deeds = {
        "scores/": SCORES,
        "assignment/": {"version": 0},
        "tags/": {"add": ["x"]},
    }
    for rest, said in deeds.items():
        problem(program.put(at(idea, rest), said), 403, "not_your_team")
    problem(program.post(at(idea, "notes/"), {"body": "x"}), 403, "not_your_team")
    assert not Review.objects.exists()
    assert not Note.objects.exists()


def test_a_lane_is_read_page_by_page(as_, team_member, board):
    ideas = IdeaFactory.create_batch(3, board=board)
    said_on(ideas[0], kind="question")
    first = as_(team_member).get(ROOT, {"lane": "top", "limit": 2}).json()
    second = as_(team_member).get(first["next"]).json()
    found = first["results"] + second["results"]
    assert {row["id"]: row["open_points"] for row in found} == {
        ideas[0].pk: 1, ideas[1].pk: 0, ideas[2].pk: 0,
    }  # fmt: skip
    assert second["next"] is None
    assert found[0]["review"] is None
    assert as_(team_member).get(ROOT, {"lane": "top", "cursor": "x"}).status_code == 400
    assert as_(team_member).get(ROOT, {"lane": "x"}).status_code == 400


def test_scoring_and_assigning(as_, team_member, colleague, idea):
    program = as_(team_member)
    review = program.put(at(idea, "scores/"), SCORES).json()["review"]
    assert (review["priority"], review["version"]) == (30.0, 1)
    problem(program.put(at(idea, "scores/"), SCORES | {"fit": 1}), 409, "stale")
    said = {"assignee": "@Ben", "version": 1}
    assert (
        program.put(at(idea, "assignment/"), said).json()["review"]["assignee"]["handle"] == "ben"
    )
    for odd in ({"assignee": "nobody"}, {"team": "nobody"}):
        assert program.put(at(idea, "assignment/"), odd | {"version": 2}).status_code == 400
    problem(
        program.put(at(idea, "assignment/"), {"assignee": "ada", "version": 2}), 403, "not_in_team"
    )
    found = program.get(ROOT, {"lane": "top", "assignee": "ben"}).json()["results"]
    assert [row["id"] for row in found] == [idea.pk]
    assert program.put(at(idea, "assignment/"), {"version": 2}).json()["review"]["assignee"] is None


def test_tags(as_, team_member, idea):
    idea.tags.set(["old"])
    as_(team_member).put(at(idea, "tags/"), {"add": ["Night"], "remove": ["old"]})
    assert set(idea.tags.names()) == {"night"}


def test_notes(as_, team_member, colleague, idea):
    program = as_(team_member)
    note = program.post(at(idea, "notes/"), {"body": "**Psst.**"})
    assert (note.status_code, note.json()["author"]["handle"]) == (201, "anouk")
    assert program.get(at(idea)).json()["notes"] == 1
    assert program.get(at(idea, "notes/")).json()["results"] == [note.json()]
    theirs = reviewing.note(idea=idea, by=colleague, body="Mine.")
    problem(program.delete(at(idea, f"notes/{theirs.pk}/")), 403, "not_yours")
    assert program.delete(at(idea, f"notes/{note.json()['id']}/")).status_code == 204
    assert program.delete(at(idea, f"notes/{note.json()['id']}/")).status_code == 404
    kinds = [row["kind"] for row in program.get(at(idea, "deeds/")).json()["results"]]
    assert kinds == ["note_removed", "noted", "noted"]


# --- Saved views ------------------------------------------------------------------------------

VIEWS = f"{ROOT}views/"


def test_a_view_is_kept_as_by_the_page(as_, signed_in, team_member, team, board):
    query = "lane=top&board=charging&status=nonsense&next=//evil&supporters=3"
    page = signed_in(team_member)
    page.post("/review/views/", {"name": "By page", "team": team.pk, "query": query})
    made = as_(team_member).post(VIEWS, {"name": "By API", "team": "charging", "query": query})
    assert made.status_code == 201
    by_page, program = SavedView.objects.order_by("pk")
    assert program.query == by_page.query == made.json()["query"]
    assert (program.owner, program.team) == (by_page.owner, by_page.team)
    found = as_(team_member).get(VIEWS).json()["results"]
    assert [row["name"] for row in found] == ["By API", "By page"]
    assert found[0] == made.json()
    # The query is what the queue itself can be asked for.
    assert as_(team_member).get(f"{ROOT}?{program.query}").status_code == 200


def test_a_view_is_changed_shared_and_given_up_by_its_owner(as_, team_member, colleague, team):
    view = reviewing.save_view(owner=team_member, name="Mine", query="lane=mine")
    assert as_(colleague).get(VIEWS).json()["results"] == []
    sent = {"name": "Ours", "team": "charging"}
    assert as_(team_member).put(f"{VIEWS}{view.pk}/", sent).json()["team"]["slug"] == "charging"
    assert [row["name"] for row in as_(colleague).get(VIEWS).json()["results"]] == ["Ours"]
    assert as_(colleague).put(f"{VIEWS}{view.pk}/", sent).status_code == 404
    assert as_(colleague).delete(f"{VIEWS}{view.pk}/").status_code == 404
    assert as_(team_member).delete(f"{VIEWS}{view.pk}/").status_code == 204
    assert not SavedView.objects.exists()


def test_rules_of_views_are_those_of_the_page(as_, team_member, other_team_member, stranger, team):
    problem(as_(stranger).get(VIEWS), 403, "no_team")
    problem(as_(stranger).post(VIEWS, {"name": "X"}), 403, "no_team")
    problem(as_(team_member, "read", "write").get(VIEWS), 403, "scope_missing")
    program = as_(team_member)
    problem(program.post(VIEWS, {"name": "X", "team": "heating"}), 403, "not_your_team")
    assert program.post(VIEWS, {"name": "X", "team": "nowhere"}).status_code == 400
    assert program.post(VIEWS, {"name": " "}).status_code == 400
    assert program.post(VIEWS, {"name": "X"}).json()["query"] == ""
    problem(program.post(VIEWS, {"name": "X"}), 403, "name_taken")
