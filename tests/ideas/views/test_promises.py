"""The record of promises as everybody reads it, and withdrawing one."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from community.models import TeamMembership
from ideas.models import Promise, WorkCalendar
from ideas.services import promising
from ideas.services.hiding import set_idea_hidden
from tests.factories.ideas import IdeaFactory, supported
from tests.ideas.test_record import promised

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(team_member):
    TeamMembership.objects.filter(member=team_member).update(is_lead=True)
    return team_member


@pytest.fixture
def owed(idea):
    """Charge at night has earned an answer."""
    supported(idea, 1)
    return promising.start_answer(idea=idea, moment=idea.supports.get().counted_at)


def read(client, path="/promises/"):
    return client.get(path).content.decode()


def test_it_says_what_was_kept(visitor, board):
    promised(due=-5, ended=-7, status="declined", board=board)
    page = read(visitor)
    assert "<b>100 %</b>" in page
    assert "Answers that were earned" in page
    assert "First replies" not in page
    assert '<title id="chart-answer">' in page


def test_it_says_what_is_overdue_by_whom(visitor, board):
    promise = promised(due=-3, board=board)
    page = read(visitor)
    assert promise.idea.title in page
    assert "the Charging team owes an answer" in page


def test_hidden_ideas_are_listed_without_their_title(visitor, board):
    promise = promised(due=-3, board=board)
    set_idea_hidden(idea=promise.idea, hidden=True)
    page = read(visitor)
    assert promise.idea.title not in page
    assert f"/ideas/{promise.idea_id}/" not in page
    assert "an idea hidden by moderation" in page


def test_withdrawn_ones_stand_there_with_their_reason(visitor, board):
    promise = promised(due=1, ended=-1, reason="The law changed.", board=board)
    for path in ("/promises/", f"/boards/{board.slug}/promises/", f"/ideas/{promise.idea_id}/"):
        assert "The law changed." in read(visitor, path)


def test_a_board_shows_its_own_record_and_since_when(visitor, board):
    mine, other = promised(due=-3, board=board), promised(due=-3, board=IdeaFactory().board)
    page = read(visitor, f"/boards/{board.slug}/promises/")
    assert mine.idea.title in page
    assert other.idea.title not in page
    assert "Since" in page
    assert "the Charging team answers within 30 days" in page


def test_working_days_are_named_where_they_count(visitor, board):
    board.calendar = WorkCalendar.objects.create(name="Office")
    board.save()
    page = read(visitor, f"/boards/{board.slug}/promises/")
    assert "within 30 working days" in page
    assert "Working days: Office" in page


def test_a_new_site_has_nothing_to_hide(visitor, db):
    assert "Nothing is overdue." in read(visitor)


def test_further_pages_go_on_behind_the_last(visitor, board):
    for days in range(1, 24):
        promised(due=-days, board=board)
    page = visitor.get("/promises/")
    address = page.context["page"]["next_url"]
    second = visitor.get(f"/promises/{address}")
    assert len(page.context["overdue"]) == 20
    assert len(second.context["overdue"]) == 3
    assert "Answers that were earned" not in second.content.decode()


@pytest.mark.parametrize("cursor", ["x", "WzEsMSwwXQ"])
def test_a_foreign_cursor_is_no_page(visitor, board, cursor):
    assert visitor.get(f"/promises/?cursor={cursor}").status_code == 400


def test_no_such_board(visitor, db):
    assert visitor.get("/boards/nothing/promises/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("/promises/", 6), ("/boards/charging/promises/", 7)]
)
def test_the_number_of_statements_does_not_grow(
    visitor, board, rows, path, queries, django_assert_num_queries
):
    for _number in range(rows):
        promised(due=-3, board=board)
        promised(due=1, ended=-1, reason="The law changed.", board=board)
    visitor.get("/ideas/ordering/")
    cache.clear()
    with django_assert_num_queries(queries):
        visitor.get(path)


class TestWithdrawing:
    def test_the_lead_says_why(self, signed_in, lead, owed):
        client = signed_in(lead)
        address = f"/promises/{owed.pk}/withdraw/"
        assert address in read(client, f"/ideas/{owed.idea_id}/")
        assert client.get(address).status_code == 200
        answer = client.post(address, {"reason": "The law changed."})
        assert (answer.status_code, answer.url) == (302, f"/ideas/{owed.idea_id}/")
        assert Promise.objects.get().state == "withdrawn"

    def test_a_reason_is_needed(self, signed_in, lead, owed):
        answer = signed_in(lead).post(f"/promises/{owed.pk}/withdraw/", {"reason": " "})
        assert answer.status_code == 422
        assert Promise.objects.get().state == "running"

    def test_who_came_late_is_told_and_keeps_the_words(self, signed_in, lead, owed):
        promising.withdraw(promise=owed, by=lead, reason="The law changed.")
        answer = signed_in(lead).post(f"/promises/{owed.pk}/withdraw/", {"reason": "My words."})
        assert answer.status_code == 422
        assert "My words." in answer.content.decode()
        assert "has ended in the meantime" in answer.content.decode()

    @pytest.mark.parametrize("who", ["member", "team_member", "author"])
    def test_others_do_not(self, signed_in, owed, who, request):
        client = signed_in(request.getfixturevalue(who))
        assert "withdraw/" not in read(client, f"/ideas/{owed.idea_id}/")
        assert client.get(f"/promises/{owed.pk}/withdraw/").status_code == 403
        assert client.post(f"/promises/{owed.pk}/withdraw/", {"reason": "No."}).status_code == 403

    def test_of_a_hidden_idea_it_leads_back_to_the_record(self, signed_in, lead, owed):
        set_idea_hidden(idea=owed.idea, hidden=True)
        answer = signed_in(lead).post(f"/promises/{owed.pk}/withdraw/", {"reason": "Void."})
        assert answer.url == "/promises/"


def test_a_card_speaks_of_the_first_reply_while_it_is_owed(visitor, idea, board):
    promising.promise_reply(idea=idea)
    assert "A first reply by" in read(visitor, f"/boards/{board.slug}/")
    soon = idea.opened_at + timedelta(microseconds=1)
    Promise.objects.update(due_at=soon, near_at=idea.opened_at, half_at=idea.opened_at)
    soon = idea.opened_at + timedelta(microseconds=1)
    Promise.objects.update(half_at=soon, near_at=soon, due_at=soon)
    assert "First reply overdue by 1 day" in read(visitor, f"/ideas/{idea.pk}/")
