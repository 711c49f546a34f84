"""An idea's desk: who opens it, what it shows, each deed, and who was quicker."""

import re

import pytest

from ideas.models import Decision, IdeaTally, Note, Review, TeamDeed
from ideas.services import reviewing
from ideas.services.hiding import set_idea_hidden
from ideas.services.reviewing import Scores
from ideas.services.steps import decide
from tests.factories.ideas import GROUNDS, DraftFactory, said_on, supported
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


def at(idea, rest=""):
    return f"/review/ideas/{idea.pk}/{rest}"


SCORES = {"impact": "4", "effort": "2", "confidence": "3", "fit": "5", "version": "0"}


@pytest.fixture
def rich_idea(idea, team_member, colleague):
    """Everything that a desk may show."""
    idea.tags.add("night")
    supported(idea, 3)
    said_on(idea, "Who pays?", kind="question")
    scores = Scores(impact=4, effort=2, confidence=3, fit=5)
    reviewing.score(idea=idea, by=team_member, version=0, scores=scores)
    reviewing.assign(idea=idea, by=team_member, version=1, assignee=colleague)
    reviewing.note(idea=idea, by=colleague, body="Ask **billing** first.")
    decide(idea=idea, to="under_review", by=team_member, grounds=GROUNDS)
    return idea


def test_it_shows_what_the_team_knows(as_team, rich_idea, colleague):
    reviewing.be_present(idea=rich_idea, member=colleague, deciding=True)
    page = read(as_team.get(at(rich_idea)))
    for words in (
        "Charge at night", "Who pays?", "Ask billing first.", "3 supporters", "Trust level 1",
        "Ben Arslan is writing a decision.", "impact 4, effort 2, confidence 3, fit 5",
        "assigned it: Ben Arslan", "decided: Under review", "Scores · 30.0",
    ):  # fmt: skip
        assert words in page, words
    assert page.value_of("tags") == "night"
    # The reader's own address stands in their menu.
    assert set(re.findall(r"[\w.]+@example.org", page.html)) == {"anouk@example.org"}


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_any_number(
    as_team, rich_idea, team_member, number, django_assert_num_queries
):
    for _ in range(number):
        reviewing.note(idea=rich_idea, by=team_member, body="More.")
        supported(rich_idea)
        said_on(rich_idea, kind="concern")
    as_team.get(at(rich_idea))
    with django_assert_num_queries(25):
        assert as_team.get(at(rich_idea)).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "author", "other_team_member"])
@pytest.mark.parametrize("rest", ["", "preview/"])
def test_others_are_told_why_not(signed_in, request, rich_idea, who, rest):
    page = read(signed_in(request.getfixturevalue(who)).get(at(rich_idea, rest)))
    assert page.status == 403
    assert "Only the team that owns the board reviews this idea." in page
    assert "billing" not in page


def test_what_is_not_there_is_not_found(as_team, idea, board):
    set_idea_hidden(idea=idea, hidden=True)
    for pk in (idea.pk, DraftFactory(board=board).pk, 2**40):
        assert as_team.get(f"/review/ideas/{pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/review/ideas/{}/", "/review/ideas/{}/preview/", "/ideas/{}/"])
def test_who_of_the_team_opens_it_has_seen_it(as_team, as_stranger, idea, path):
    as_stranger.get(f"/ideas/{idea.pk}/")
    assert IdeaTally.objects.get(pk=idea.pk).seen_at is None
    for _ in range(2):
        as_team.get(path.format(idea.pk))
    assert IdeaTally.objects.get(pk=idea.pk).seen_at
    assert TeamDeed.objects.filter(idea=idea, kind="opened").count() == 1


def test_the_preview_is_a_piece(as_team, rich_idea):
    page = read(as_team.get(at(rich_idea, "preview/"), {"lane": "top"}))
    assert not page.is_whole
    assert "Who pays?" in page
    assert f"{at(rich_idea)}?lane=top" in page.html


# --- Deeds ------------------------------------------------------------------------------------


def test_scoring(as_team, idea):
    answer = as_team.post(at(idea, "scores/") + "?lane=top", SCORES)
    assert answer.url == f"{at(idea)}?lane=top#scores"
    assert Review.objects.get(idea=idea).priority == 30


def test_a_colleague_was_quicker_and_nothing_typed_is_lost(as_team, idea, colleague):
    scores = Scores(impact=1, effort=1, confidence=1, fit=1)
    reviewing.score(idea=idea, by=colleague, version=0, scores=scores)
    page = read(as_team.post(at(idea, "scores/"), SCORES))
    assert page.status == 422
    assert "Ben Arslan was quicker" in page
    assert '<option value="4" selected>4' in page.html
    assert Review.objects.get(idea=idea).impact == 1
    as_team.post(at(idea, "scores/"), SCORES | {"version": "1"})
    assert Review.objects.get(idea=idea).impact == 4


@pytest.mark.parametrize("odd", [{"impact": "6"}, {"version": ""}, {"version": "-1"}])
def test_odd_scores_are_refused(as_team, idea, odd):
    assert as_team.post(at(idea, "scores/"), SCORES | odd).status_code == 422
    assert not Review.objects.exists()


def test_assigning_with_loads_in_sight(as_team, idea, colleague, other_team_member):
    assert "Ben Arslan (0)" in read(as_team.get(at(idea)))
    as_team.post(at(idea, "assignment/"), {"who": "charging:ben", "version": "0"})
    assert Review.objects.get(idea=idea).assignee == colleague
    assert "Ben Arslan (1)" in read(as_team.get(at(idea)))
    stale = as_team.post(at(idea, "assignment/"), {"who": "", "version": "0"})
    assert (stale.status_code, "was quicker" in read(stale)) == (422, True)
    as_team.post(at(idea, "assignment/"), {"who": "heating:olga", "version": "1"})
    review = Review.objects.get(idea=idea)
    assert (review.assignee, review.team.slug) == (other_team_member, "heating")


def test_a_handed_idea_can_be_handed_back(signed_in, idea, team_member, other_team_member):
    heating = other_team_member.teams.get()
    reviewing.assign(idea=idea, by=team_member, version=0, assignee=None, team=heating)
    as_other = signed_in(other_team_member)
    assert "Somebody of Heating" in read(as_other.get(at(idea)))
    answer = as_other.post(at(idea, "assignment/"), {"who": "", "version": "1"})
    assert answer.url == "/review/"
    assert as_other.get(at(idea)).status_code == 403


def test_notes_are_written_and_taken_back(as_team, signed_in, idea, colleague):
    assert as_team.post(at(idea, "notes/"), {"body": " "}).status_code == 422
    as_team.post(at(idea, "notes/"), {"body": "Psst."})
    note = Note.objects.get()
    as_ben = signed_in(colleague)
    assert as_ben.post(at(idea, f"notes/{note.pk}/remove/")).status_code == 403
    as_team.post(at(idea, f"notes/{note.pk}/remove/"))
    assert "Psst." not in read(as_team.get(at(idea)))
    assert as_team.post(at(idea, f"notes/{note.pk}/remove/")).status_code == 404


def test_only_the_difference_of_tags_is_written(as_team, idea):
    idea.tags.set(["old", "new"])
    as_team.post(at(idea, "tags/"), {"tags": "Night", "before": "old"})
    assert set(idea.tags.names()) == {"new", "night"}
    page = read(as_team.post(at(idea, "tags/"), {"tags": "a,b,c,d", "before": ""}))
    assert page.status == 422
    assert page.value_of("tags") == "a,b,c,d"


@pytest.mark.parametrize("rest", ["scores/", "assignment/", "notes/", "tags/", "presence/"])
def test_deeds_are_for_the_team(as_stranger, idea, rest):
    said = SCORES | {"body": "x", "tags": "x", "who": ""}
    assert as_stranger.post(at(idea, rest), said).status_code == 403
    assert not TeamDeed.objects.exists()


# --- Two at once ------------------------------------------------------------------------------


def test_presence_is_told_when_it_changes(as_team, signed_in, idea, colleague):
    as_ben = signed_in(colleague)
    assert read(as_team.post(at(idea, "presence/"), {"known": "x"})).status == 200
    as_ben.post(at(idea, "presence/"))
    page = read(as_team.post(at(idea, "presence/"), {"known": ""}))
    assert "Ben Arslan is looking at this too." in page
    known = page.value_of("known")
    assert as_team.post(at(idea, "presence/"), {"known": known}).status_code == 204
    as_ben.post(at(idea, "presence/"), {"deciding": "true"})
    page = read(as_team.post(at(idea, "presence/"), {"known": known}))
    assert "Ben Arslan is writing a decision." in page


def test_the_second_to_decide_is_told(as_team, idea, colleague):
    read(as_team.get(f"/ideas/{idea.pk}/"))
    decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
    said = {"to": "needs_info", "statement": "Which charger?", "seen": "0"}
    page = read(as_team.post(f"/ideas/{idea.pk}/decisions/", said))
    assert "Ben Arslan was quicker" in page
    assert page.value_of("statement") == "Which charger?"
    assert Decision.objects.filter(idea=idea).count() == 1


# --- Private ----------------------------------------------------------------------------------

SECRET = "quastenflosser"


@pytest.fixture
def secretive(idea, team_member, colleague):
    """An idea about which the team has said things to itself."""
    colleague.display_name = f"Ben {SECRET}"
    colleague.save()
    reviewing.note(idea=idea, by=team_member, body=f"About {SECRET}.")
    scores = Scores(impact=5, effort=1, confidence=5, fit=5)
    reviewing.score(idea=idea, by=team_member, version=0, scores=scores)
    reviewing.assign(idea=idea, by=team_member, version=1, assignee=colleague)
    reviewing.be_present(idea=idea, member=colleague, deciding=True)
    reviewing.mark_seen(idea=idea, by=team_member)
    return idea


def test_nothing_private_is_on_any_page_or_in_the_api(client, as_stranger, as_author, secretive):
    pk = secretive.pk
    pages = [
        "/", "/ideas/", "/ideas/?q=night", "/boards/", "/boards/charging/", f"/ideas/{pk}/",
        f"/ideas/{pk}/history/", "/people/ada/", "/people/anouk/",
    ]  # fmt: skip
    calls = [
        "ideas/", f"ideas/{pk}/", f"ideas/{pk}/comments/", f"ideas/{pk}/decisions/",
        f"ideas/{pk}/revisions/", "boards/", "boards/charging/", "ideas/similar/?title=Charge+at",
    ]  # fmt: skip
    for who in (client, as_stranger, as_author):
        for address in pages + [f"/api/v1/{call}" for call in calls]:
            answer = who.get(address)
            text = answer.content.decode()
            assert answer.status_code == 200, address
            for word in (SECRET, "priority", "assignee", "seen_at", "presence"):
                assert word not in text.lower(), (address, word)
            # The score; ids may hold the same figures.
            assert not re.search(r'(?<![\w/":-])125(?![\w/"-])', text), address
        for address in (f"/review/ideas/{pk}/", "/review/", f"/api/v1/review/ideas/{pk}/notes/"):
            answer = who.get(address)
            assert answer.status_code in (302, 401, 403), address
            assert SECRET not in answer.content.decode()
