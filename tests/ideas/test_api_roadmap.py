"""The roadmap and the changelog as programs read them."""

import pytest
from django.utils import timezone

from ideas.models import Contribution, Idea, IdeaImage
from ideas.models.contribution import Part
from ideas.services.hiding import set_idea_hidden
from tests.factories.ideas import BoardFactory, idea_in, said_on

pytestmark = pytest.mark.django_db

ROADMAP, CHANGELOG = "/api/v1/roadmap/", "/api/v1/changelog/"


def ids(answer):
    assert answer.status_code == 200
    return [idea["id"] for idea in answer.json()["results"]]


def walk(api, address):
    found = []
    while address:
        page = api.get(address).json()
        found += [idea["id"] for idea in page["results"]]
        address = page["next"]
    return found


def test_an_idea_with_its_decision_and_credits(api, board, author, stranger):
    idea = idea_in("in_progress", board=board, author=author)
    said = said_on(idea, by=stranger, kind="builds_on")
    Contribution.objects.create(
        idea=idea, member=stranger, part=Part.BUILDS_ON, comment=said, recorded_at=timezone.now()
    )
    (told,) = api.get(ROADMAP).json()["results"]
    assert told["id"] == idea.pk
    assert told["decision"]["statement"] == "We looked into it."
    assert (told["rough_when"], told["cost_band"]) == ("spring", "medium")
    assert told["decided_at"] == told["decision"]["created_at"]
    parts = [
        (credit["member"]["handle"], part["part"])
        for credit in told["credits"]
        for part in credit["parts"]
    ]
    assert parts == [("tom", "builds_on")]
    assert told["author"]["handle"] == "ada"


def test_what_shipped_with_how_long_it_took(api, board):
    idea = idea_in("shipped", board=board, opened_at=timezone.now() - timezone.timedelta(34))
    IdeaImage.objects.create(idea=idea, file="a.png", width=4, height=3)
    idea_in("planned", board=board)
    (told,) = api.get(CHANGELOG).json()["results"]
    assert told["id"] == idea.pk
    assert (told["days_to_ship"], told["days_since_promised"]) == (34, None)
    assert told["days_since_planned"] == 0
    assert len(told["images"]) == 1


def test_one_column_one_board_one_tag(api, board):
    planned, shipped = (idea_in(status, board=board) for status in ("planned", "shipped"))
    elsewhere = idea_in("planned", board=BoardFactory())
    elsewhere.tags.add("light")
    assert ids(api.get(ROADMAP)) == [elsewhere.pk, shipped.pk, planned.pk]
    assert ids(api.get(ROADMAP, {"status": "planned"})) == [elsewhere.pk, planned.pk]
    assert ids(api.get(ROADMAP, {"board": "charging"})) == [shipped.pk, planned.pk]
    assert ids(api.get(ROADMAP, {"tag": "light"})) == [elsewhere.pk]
    assert api.get(ROADMAP, {"status": "open"}).status_code == 400


@pytest.mark.parametrize("address", [ROADMAP, CHANGELOG])
def test_it_is_read_to_its_end(api, board, address):
    ideas = [idea_in("shipped", board=board) for _ in range(5)]
    assert walk(api, f"{address}?limit=2") == [idea.pk for idea in reversed(ideas)]


@pytest.mark.parametrize("address", [ROADMAP, CHANGELOG])
@pytest.mark.parametrize("cursor", ["x", "WzEsMSwwXQ"])
def test_forged_cursors_are_refused(api, address, cursor):
    answer = api.get(address, {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize("address", [ROADMAP, CHANGELOG])
def test_what_is_hidden_or_merged_is_nowhere(api, board, author, address):
    set_idea_hidden(idea=idea_in("shipped", board=board, author=author), hidden=True)
    merged = idea_in("shipped", board=board, author=author)
    Idea.objects.filter(pk=merged.pk).update(merged_into=idea_in("open", board=board))
    assert ids(api.get(address)) == []
    api.force_authenticate(author)
    assert ids(api.get(address)) == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "statements"), [(ROADMAP, 6), (CHANGELOG, 5)])
def test_cost(api, board, rows, address, statements, django_assert_num_queries):
    for _ in range(rows):
        for status in ("planned", "in_progress", "shipped"):
            idea_in(status, board=board).tags.add("light")
    with django_assert_num_queries(statements):
        assert api.get(address).status_code == 200
