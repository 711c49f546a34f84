"""The list of waiting decisions, and what becomes of one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import SiteSettings
from ideas.models import PendingDecision
from ideas.services import composing
from ideas.services.composing import Composed
from ideas.services.hiding import set_idea_hidden
from ideas.services.steps import decide
from tests.factories.ideas import GROUNDS, idea_in
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_colleague(signed_in, colleague):
    return signed_in(colleague)


def waits(idea, by, **changes):
    changes.setdefault("publish_at", timezone.now() + timedelta(days=2))
    composed = Composed(to="declined", grounds=GROUNDS, **changes)
    return composing.submit(idea=idea, by=by, composed=composed)


def do(browser, pending, action, **said):
    address = f"/review/pending/{pending.pk}/"
    return read(browser.post(address, {"action": action} | said, follow=True))


class TestList:
    def test_it_shows_what_waits_on_the_boards_one_answers_for(
        self, as_colleague, signed_in, other_team_member, admin_member, idea, team_member
    ):
        waits(idea, team_member)
        assert "Charge at night" in read(as_colleague.get("/review/pending/"))
        assert "Charge at night" in read(signed_in(admin_member).get("/review/pending/"))
        page = read(signed_in(other_team_member).get("/review/pending/"))
        assert page.status == 200
        assert "Nothing waits" in page

    @pytest.mark.parametrize("who", ["as_author", "as_stranger"])
    def test_it_is_for_those_who_answer(self, request, who):
        page = read(request.getfixturevalue(who).get("/review/pending/"))
        assert page.status == 403
        assert "The review queue is for the teams that answer here." in page

    def test_what_is_hidden_or_over_is_not_there(self, as_team, team_member, board):
        hidden, over = idea_in("open", board=board), idea_in("open", board=board)
        waits(hidden, team_member)
        composing.cancel(pending=waits(over, team_member), by=team_member)
        set_idea_hidden(idea=hidden, hidden=True)
        assert "Nothing waits" in read(as_team.get("/review/pending/"))

    def test_what_came_back_stands_first_for_its_author_alone(
        self, as_team, as_colleague, team_member, colleague, idea
    ):
        pending = waits(idea, team_member)
        decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
        composing.overtake(idea_id=idea.pk, decision_id=2**40)
        assert "Came back to you" in read(as_team.get("/review/pending/"))
        assert "Came back to you" not in read(as_colleague.get("/review/pending/"))
        page = do(as_team, pending, "cancel")
        assert "Your decision was not published" not in page
        assert "Came back to you" not in read(as_team.get("/review/pending/"))

    def test_it_pages_by_key(self, as_team, team_member, board, monkeypatch):
        monkeypatch.setattr("ideas.views.waiting.ON_A_PAGE", 2)
        for number in range(3):
            waits(idea_in("open", board=board, title=f"Idea {number}"), team_member)
        first = read(as_team.get("/review/pending/"))
        assert "Idea 2" in first
        assert "Idea 0" not in first
        before = PendingDecision.objects.order_by("-id")[1].pk
        assert f"?before={before}" in first.html
        second = read(as_team.get(f"/review/pending/?before={before}"))
        assert "Idea 0" in second
        assert "Idea 1" not in second

    @pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 40])
    def test_a_key_that_is_none(self, as_team, before):
        assert as_team.get("/review/pending/", {"before": before}).status_code == 200

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_costs_the_same(self, as_team, team_member, board, rows, django_assert_num_queries):
        SiteSettings.objects.current()
        for _ in range(rows):
            waits(idea_in("open", board=board), team_member)
        with django_assert_num_queries(6):
            as_team.get("/review/pending/")


class TestDeeds:
    def test_a_colleague_moves_it(self, as_colleague, team_member, idea):
        pending = waits(idea, team_member)
        page = do(as_colleague, pending, "reschedule", publish_at="2027-01-04T09:00")
        assert "It will be public on its new day." in page
        pending.refresh_from_db()
        assert pending.publish_at.isoformat() == "2027-01-04T08:00:00+00:00"

    @pytest.mark.parametrize("when", ["", "soon", "2020-01-01T00:00"])
    def test_not_to_a_day_that_is_none(self, as_colleague, team_member, idea, when):
        pending = waits(idea, team_member)
        before = pending.publish_at
        page = do(as_colleague, pending, "reschedule", publish_at=when)
        assert 'class="message error"' in page.html
        pending.refresh_from_db()
        assert pending.publish_at == before

    def test_a_colleague_cancels_it(self, as_colleague, team_member, idea):
        pending = waits(idea, team_member)
        assert "Cancelled. It will not be published." in do(as_colleague, pending, "cancel")
        assert not PendingDecision.objects.waiting().exists()

    def test_what_is_over_is_said_on_the_page(self, as_colleague, team_member, idea, board):
        board.needs_second_person = True
        board.save(update_fields=["needs_second_person"])
        pending = waits(idea, team_member, publish_at=None)
        page = do(as_colleague, pending, "return", remark="")
        assert "Say what should be different." in page
        composing.cancel(pending=pending, by=team_member)
        page = do(as_colleague, pending, "approve")
        assert "does not wait like that any more" in page

    def test_one_that_was_overtaken_meanwhile(
        self, as_colleague, team_member, colleague, idea, board
    ):
        board.needs_second_person = True
        board.save(update_fields=["needs_second_person"])
        pending = waits(idea, team_member, publish_at=None)
        decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
        page = do(as_colleague, pending, "approve")
        assert "Another step came first" in page
        pending.refresh_from_db()
        assert pending.is_overtaken

    def test_it_is_not_for_others(self, as_stranger, as_author, as_team, team_member, idea):
        pending = waits(idea, team_member)
        for browser in (as_stranger, as_author):
            assert do(browser, pending, "cancel").status == 403
        assert do(as_team, pending, "approve").status == 200
        assert do(as_team, pending, "fly").status == 200
        assert PendingDecision.objects.waiting().exists()
        assert as_team.get(f"/review/pending/{pending.pk}/").url.endswith("/decide/")
        assert as_team.get("/review/pending/99999/").status_code == 404
