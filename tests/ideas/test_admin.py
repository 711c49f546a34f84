"""Boards and tags are kept in the admin, the rest is looked at."""

import pytest

from activity.models import EventRecord
from community.admin import looking
from ideas.models import Board, DecisionTemplate, Idea, WorkCalendar
from ideas.services import composing, promising
from ideas.services.discussing import comment as say
from ideas.services.steps import decide
from ideas.services.supporting import give_support
from tests.factories.ideas import GROUNDS, IdeaFactory, idea_in

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


class TestPromises:
    @pytest.fixture
    def promise(self, decided, team_member):
        decide(idea=decided, to="under_review", by=team_member, grounds=GROUNDS)
        return promising.start_answer(idea=decided, moment=decided.opened_at)

    def test_new_terms_are_a_deed_with_a_history(self, client, board):
        said = {
            "name": board.name, "slug": board.slug, "team": board.team_id, "position": 7,
            "answer_threshold": 3, "answer_days": 14, "reply_days": 4, "reopen_threshold": 30,
        }  # fmt: skip
        assert client.post(f"/admin/ideas/board/{board.pk}/change/", said).status_code == 302
        board.refresh_from_db()
        assert (board.position, board.answer_threshold, board.reply_days) == (7, 3, 4)
        assert board.terms.count() == 2
        assert EventRecord.objects.filter(kind="ideas.board_terms_changed").count() == 1

    def test_the_board_s_form_shows_the_load_of_thresholds(self, client, board):
        board.team.answers_a_month = 4
        board.team.save()
        page = client.get(f"/admin/ideas/board/{board.pk}/change/").content.decode()
        assert "The Charging team can give 4 answers a month." in page
        assert "A threshold of 1 supporter fits that." in page
        assert "Load by threshold" in page

    def test_a_team_s_page_says_what_it_owes(self, client, promise, team):
        address = f"/admin/community/team/{team.pk}/change/"
        assert "answers owed now" in client.get(address).content.decode().lower()
        team.answers_a_month = 4
        team.save()
        assert "1, and the team can give 4 a month" in client.get(address).content.decode()
        assert client.get("/admin/community/team/add/").status_code == 200

    @pytest.mark.parametrize("name", ["promise", "promiseterms"])
    def test_they_are_looked_at(self, client, promise, name):
        listed = client.get(f"/admin/ideas/{name}/")
        row = listed.context["cl"].result_list[0]
        assert client.get(f"/admin/ideas/{name}/{row.pk}/change/").status_code == 200
        assert client.get(f"/admin/ideas/{name}/add/").status_code == 403

    def test_withdrawing_leads_to_its_form(self, client, promise):
        answer = client.get(f"/admin/ideas/promise/{promise.pk}/withdraw/")
        assert (answer.status_code, answer.url) == (302, f"/promises/{promise.pk}/withdraw/")

    def said(self, **fields):
        return {
            "name": "Office", "time_zone": "Europe/Berlin", "works_on": [1, 2, 3],
            "country": "DE", "region": "BY",
            "holidays-TOTAL_FORMS": 1, "holidays-INITIAL_FORMS": 0,
            "holidays-0-day": "2026-12-24", "holidays-0-name": "Closed",
        } | fields  # fmt: skip

    def test_a_calendar_is_made_and_filled(self, client):
        client.post("/admin/ideas/workcalendar/add/", self.said())
        calendar = WorkCalendar.objects.get()
        assert (calendar.works_on, calendar.holidays.count()) == ([1, 2, 3], 1)
        action = {"action": "fill_holidays", "_selected_action": calendar.pk}
        client.post("/admin/ideas/workcalendar/", action)
        assert calendar.holidays.count() > 20

    @pytest.mark.parametrize("wrong", [{"region": "ZZ"}, {"works_on": []}, {"time_zone": "Mars"}])
    def test_a_calendar_that_nobody_could_keep_is_refused(self, client, wrong):
        answer = client.post("/admin/ideas/workcalendar/add/", self.said(**wrong))
        assert answer.status_code == 200
        assert not WorkCalendar.objects.exists()
