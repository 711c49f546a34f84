"""Boards and tags are kept in the admin, the rest is looked at."""

import pytest

from ideas.admin import looking
from ideas.models import Board, DecisionTemplate, Idea
from ideas.services import composing
from ideas.services.discussing import comment as say
from ideas.services.supporting import give_support
from tests.factories.ideas import IdeaFactory, idea_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, admin_member):
    return signed_in(admin_member)


@pytest.fixture
def decided(board, stranger):
    idea = idea_in("declined", board=board)
    idea.tags.add("night")
    give_support(idea=idea, member=stranger)
    say(idea=idea, by=stranger, body="Why not?")
    return idea


@pytest.mark.parametrize("name", ["board", "idea", "comment", "decision", "support"])
def test_everything_opens(name, client, decided):
    listed = client.get(f"/admin/ideas/{name}/")
    assert listed.status_code == 200
    (row, *_rest) = listed.context["cl"].result_list
    assert client.get(f"/admin/ideas/{name}/{row.pk}/change/").status_code == 200
    assert client.get(f"/admin/ideas/{name}/?q=night").status_code == 200


@pytest.mark.parametrize("name", ["idea", "comment", "decision", "support"])
def test_what_members_wrote_is_not_changed_here(name, client, decided):
    row = client.get(f"/admin/ideas/{name}/").context["cl"].result_list[0]
    address = f"/admin/ideas/{name}/{row.pk}"
    assert client.get(f"/admin/ideas/{name}/add/").status_code == 403
    assert client.post(f"{address}/change/", {"status": "open"}).status_code == 403
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "queries"), [("idea", 5), ("comment", 4), ("decision", 5), ("support", 4)]
)
def test_lists_cost_the_same_for_more_rows(
    name, queries, client, decided, board, stranger, django_assert_num_queries
):
    client.get(f"/admin/ideas/{name}/")
    with django_assert_num_queries(queries):
        client.get(f"/admin/ideas/{name}/")
    for _number in range(2):
        idea = idea_in("declined", board=board)
        give_support(idea=idea, member=stranger)
        say(idea=idea, by=stranger, body="Why not?")
    with django_assert_num_queries(queries):
        client.get(f"/admin/ideas/{name}/")


def test_counting_ends_where_nobody_pages(monkeypatch, board):
    IdeaFactory.create_batch(3, board=board)
    monkeypatch.setattr(looking, "MOST_COUNTED", 2)
    assert looking.CappedPaginator(Idea.objects.order_by("-id"), 1).num_pages == 2


def test_a_board_is_made_and_changed(client, team):
    said = {
        "name": "Solar", "slug": "solar", "team": team.pk, "position": 3, "accepts_ideas": "on",
        "answer_threshold": 20, "answer_days": 14, "reopen_threshold": 30,
    }  # fmt: skip
    assert client.post("/admin/ideas/board/add/", said).status_code == 302
    board = Board.objects.get(slug="solar")
    assert (
        "20 supporters: answered within 14 days"
        in client.get("/admin/ideas/board/").content.decode()
    )
    client.post(f"/admin/ideas/board/{board.pk}/change/", said | {"answer_days": 0})
    board.refresh_from_db()
    assert board.answer_days == 14


def test_tags_say_how_often_they_are_used(client, decided):
    (tag,) = client.get("/admin/taggit/tag/").context["cl"].result_list
    assert (tag.name, tag.uses) == ("night", 1)
    client.post(f"/admin/taggit/tag/{tag.pk}/change/", {"name": "at night", "slug": "at-night"})
    assert list(decided.tags.names()) == ["at night"]


def test_a_template_of_decisions_is_changed_here(client):
    composing.set_up_templates()
    template = DecisionTemplate.objects.get(reason="legal", language="de")
    address = f"/admin/ideas/decisiontemplate/{template.pk}/change/"
    assert client.get("/admin/ideas/decisiontemplate/?q=Gesetz").status_code == 200
    said = {
        "to_status": "declined", "reason": "legal", "language": "de", "name": "Recht",
        "statement": "Nein, {author}.", "change_our_mind": "",
    }  # fmt: skip
    assert client.post(address, said).status_code == 302
    template.refresh_from_db()
    assert (template.name, template.statement) == ("Recht", "Nein, {author}.")


def test_a_board_asks_for_a_second_person(client, board):
    page = client.get(f"/admin/ideas/board/{board.pk}/change/").content.decode()
    assert 'name="needs_second_person"' in page
