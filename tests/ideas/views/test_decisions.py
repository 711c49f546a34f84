"""Deciding on the idea's page."""

import pytest

from ideas.models import Decision
from ideas.services.hiding import set_idea_hidden
from ideas.services.steps import decide
from tests.factories.ideas import GROUNDS, DraftFactory, idea_in
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

NO = {
    "to": "declined",
    "statement": "It costs more than it saves.",
    "reason": "does_not_pay",
    "change_our_mind": "Cheaper meters.",
    "revisit_on": "2027-03-01",
    "seen": "0",
}


def publish(browser, idea, **changes):
    return read(browser.post(f"/ideas/{idea.pk}/decisions/", NO | changes))


def test_a_decision_is_published_and_leads_back(as_team, idea, team_member):
    page = publish(as_team, idea)
    assert page.status == 302
    assert page.response.url == f"/ideas/{idea.pk}/"
    made = Decision.objects.get()
    assert (made.to_status, made.member, made.reason) == ("declined", team_member, "does_not_pay")
    assert str(made.revisit_on) == "2027-03-01"


def test_the_form_offers_the_steps_there_are(as_team, board):
    html = read(as_team.get(f"/ideas/{idea_in('planned', board=board).pk}/")).html
    offered = [to for to in ("in_progress", "under_review", "declined") if f'value="{to}"' in html]
    assert offered == ["in_progress", "under_review", "declined"]
    assert 'value="shipped"' not in html


@pytest.mark.parametrize("name", ["statement", "reason", "change_our_mind"])
def test_what_a_no_needs_is_asked_for_and_the_rest_kept(as_team, idea, name):
    page = publish(as_team, idea, **{name: ""})
    assert page.status == 422
    assert "This step needs it." in page
    kept = "statement" if name != "statement" else "change_our_mind"
    assert page.value_of(kept) == NO[kept]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["rough_when", "cost_band"])
def test_what_a_yes_needs(as_team, idea, name):
    yes = {"to": "planned", "rough_when": "spring", "cost_band": "small"}
    page = publish(as_team, idea, **(yes | {name: ""}))
    assert page.status == 422
    assert page.value_of("statement") == NO["statement"]


def test_a_late_decision_reads_the_colleagues_and_is_sent_again(as_team, idea, colleague):
    decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
    page = publish(as_team, idea)
    assert page.status == 422
    assert "Ben Arslan was quicker: the idea is now “Under review”." in page
    assert "We looked into it." in page
    assert page.value_of("statement") == NO["statement"]
    again = publish(as_team, idea, seen=page.value_of("seen"))
    assert again.status == 302
    assert Decision.objects.latest("id").statement == NO["statement"]


def test_a_late_step_that_is_not_there_any_more(as_team, idea, colleague):
    """Both declined: there is nothing left to decline."""
    decide(idea=idea, to="declined", by=colleague, grounds=GROUNDS)
    page = publish(as_team, idea)
    assert page.status == 422
    assert "Ben Arslan was quicker: the idea is now “Declined”." in page
    assert page.value_of("statement") == NO["statement"]


@pytest.mark.parametrize("to", ["", "shipped", "draft", "none", "\x00", "🦔"])
def test_a_step_that_is_not_there(as_team, idea, to):
    page = publish(as_team, idea, to=to)
    assert page.status in (400, 422)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("seen", ["x", "9" * 40, "-1", "1.5", "²"])
def test_a_sight_that_nobody_had(as_team, idea, seen):
    page = publish(as_team, idea, seen=seen)
    assert page.status == 422
    assert page.value_of("statement") == NO["statement"]


@pytest.mark.parametrize("day", ["tomorrow", "2027-02-30", "99999-01-01", "0000-00-00"])
def test_a_day_that_is_none(as_team, idea, day):
    assert publish(as_team, idea, revisit_on=day).status == 422


def test_an_author_answers_what_was_asked(as_author, author, board):
    idea = idea_in("needs_info", board=board, author=author)
    html = read(as_author.get(f"/ideas/{idea.pk}/")).html
    assert 'value="open"' in html
    seen = Decision.objects.latest("id").pk
    assert publish(as_author, idea, to="open", seen=seen).status == 302


class TestWhoMayNot:
    @pytest.mark.parametrize("who", ["as_author", "as_stranger"])
    def test_a_step_is_for_the_team(self, request, idea, who):
        page = publish(request.getfixturevalue(who), idea)
        assert page.status == 403
        assert "This step is for the team that owns the board." in page
        assert not Decision.objects.exists()

    def test_visitors_sign_in_first(self, visitor, idea):
        assert publish(visitor, idea).status == 302
        assert not Decision.objects.exists()

    def test_drafts(self, as_author, author, as_team):
        draft = DraftFactory(author=author)
        assert publish(as_author, draft, to="open").status == 403
        assert publish(as_team, draft, to="open").status == 404

    def test_hidden_ideas(self, as_team, as_author, idea):
        set_idea_hidden(idea=idea, hidden=True)
        assert publish(as_team, idea).status == 404
        assert publish(as_author, idea).status == 403
