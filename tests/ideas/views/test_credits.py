"""Credit on pages: of an idea, of a member, and saying what was used."""

import pytest

from ideas.services import crediting, merging
from tests.factories.ideas import IdeaFactory, said_on
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(board, stranger):
    return IdeaFactory(board=board, author=stranger, title="Load the car while asleep")


@pytest.fixture
def merge(idea, twin, team_member):
    return merging.merge(duplicate=twin, survivor=idea, by=team_member, note="Both ask for night.")


def test_of_an_idea(visitor, idea, twin, merge):
    crediting.credit_authors(ideas=[idea])
    page = read(visitor.get(f"/ideas/{idea.pk}/"))
    for words in ("Who made this", "had the idea", "had the same idea"):
        assert words in page


def test_the_team_says_what_was_used_and_takes_it_back(as_team, visitor, idea):
    said = said_on(idea, "Use a timer.", kind="builds_on")
    assert "This was used" in read(as_team.get(f"/ideas/{idea.pk}/"))
    as_team.post(f"/comments/{said.pk}/used/", {"used": "true"})
    assert "built on it" in read(visitor.get(f"/ideas/{idea.pk}/"))
    as_team.post(f"/comments/{said.pk}/used/", {"used": "false"})
    assert "built on it" not in read(as_team.get(f"/ideas/{idea.pk}/"))


def test_others_do_not_say_what_was_used(as_stranger, idea):
    said = said_on(idea)
    assert "This was used" not in read(as_stranger.get(f"/ideas/{idea.pk}/"))
    answer = as_stranger.post(f"/comments/{said.pk}/used/", {"used": "true"})
    assert answer.status_code == 403


def test_of_a_member(visitor, idea, twin, merge, stranger):
    page = read(visitor.get("/people/tom/credits/"))
    assert "had the same idea" in page
    assert "stands under “Charge at night”" in page
    assert "No part in an idea yet" in read(visitor.get("/people/anouk/credits/"))
    assert "/people/tom/credits/" in read(visitor.get("/people/tom/")).html


@pytest.mark.parametrize("rows", [1, 3])
def test_of_a_member_cost_the_same_for_any_number(visitor, author, rows, django_assert_num_queries):
    visitor.get("/ideas/ordering/")
    crediting.credit_authors(ideas=IdeaFactory.create_batch(rows, author=author))
    # The member with the profile, the teams, the parts.
    with django_assert_num_queries(3):
        page = read(visitor.get("/people/ada/credits/"))
    assert page.html.count("had the idea") == rows


def test_pages_by_key(visitor, author):
    crediting.credit_authors(ideas=IdeaFactory.create_batch(21, author=author))
    page = read(visitor.get("/people/ada/credits/"))
    assert page.html.count("had the idea") == 20
    assert visitor.get("/people/ada/credits/?cursor=nonsense").status_code == 400
    place = page.html.split("?cursor=")[1].split('"')[0]
    assert read(visitor.get(f"/people/ada/credits/?cursor={place}")).html.count("had the i") == 1


def test_the_profile_gets_the_rows_alone(visitor, stranger):
    """A whole page would be taken for the end of a session, and lead away from the profile."""
    part = visitor.get("/people/tom/credits/", headers={"HX-Request": "true"}).content.decode()
    assert 'id="rows"' in part
    assert "<html" not in part
