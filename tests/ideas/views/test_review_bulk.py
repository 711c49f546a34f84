"""Bulk deeds on pages: asked for what they need, done, and told what became of them."""

import pytest

from ideas.models import Decision, Review
from tests.factories.ideas import IdeaFactory, idea_in
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

BULK = "/review/bulk/"


@pytest.fixture
def two(board):
    return [IdeaFactory(board=board, title=f"Idea {n}") for n in range(2)]


def send(client, deed, ideas, **said):
    sent = {"deed": deed, "ideas": [idea.pk for idea in ideas], "query": "lane=top"}
    return client.post(BULK, sent | said)


@pytest.mark.parametrize("deed", ["assign", "tag", "ask", "merge", "decide"])
def test_what_a_deed_needs_is_asked_first(as_team, two, deed):
    page = read(send(as_team, deed, two))
    assert page.status == 200
    assert "Idea 0" in page
    assert "Idea 1" in page
    assert 'name="filled"' in page.html
    assert not Decision.objects.exists()


def test_assigning(as_team, two, colleague, team):
    answer = send(as_team, "assign", two, filled="true", who="charging:ben")
    assert answer.url == "/review/?lane=top"
    assert Review.objects.filter(assignee=colleague).count() == 2
    assert "Done: 2 ideas." in read(as_team.get(answer.url))


def test_tagging(as_team, two):
    send(as_team, "tag", two, filled="true", tags="Night, battery")
    assert set(two[1].tags.names()) == {"night", "battery"}


def test_asking_and_being_told_what_was_refused(as_team, two, board):
    ideas = [*two, idea_in("declined", board=board, title="Decided")]
    answer = send(as_team, "ask", ideas, filled="true", statement="Which charger?")
    page = read(as_team.get(answer.url))
    assert "Done: 2 ideas." in page
    assert "Not done: “Decided”. An idea cannot go there from where it is." in page


def test_deciding_needs_the_words_and_keeps_what_was_typed(as_team, two):
    said = {"filled": "true", "to": "declined", "statement": "We looked into it."}
    page = read(send(as_team, "decide", two, **said))
    assert page.status == 422
    assert "This step needs it." in page
    assert page.value_of("statement") == "We looked into it."
    said |= {"reason": "legal", "change_our_mind": "Another law."}
    assert send(as_team, "decide", two, **said).status_code == 302
    assert Decision.objects.filter(to_status="declined", reason="legal").count() == 2


@pytest.mark.parametrize("sent", [{}, {"deed": "tag"}, {"deed": "x", "ideas": ["1"]}])
def test_nothing_chosen_is_nothing_done(as_team, sent):
    answer = as_team.post(BULK, sent | {"query": "lane=top"})
    assert "Choose some ideas first" in read(as_team.get(answer.url))


@pytest.mark.parametrize("pk", ["x", "-1", "²", str(2**70), ""])
def test_odd_numbers_are_no_ideas(as_team, pk):
    assert as_team.post(BULK, {"deed": "tag", "ideas": [pk]}).status_code == 302


def test_only_teams_do_it(as_stranger, two):
    assert send(as_stranger, "tag", two, filled="true", tags="x").status_code == 403


def test_the_refused_are_named_up_to_five(as_team, board):
    done = [idea_in("declined", board=board, title=f"Decided {n}") for n in range(7)]
    answer = send(as_team, "ask", done, filled="true", statement="Why?")
    page = read(as_team.get(answer.url))
    assert "“Decided 4” and 2 more" in page
    assert "Done:" not in page
