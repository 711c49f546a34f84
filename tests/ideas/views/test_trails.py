"""Working through a lane: the composer leads from one idea to the next."""

import re

import pytest

from ideas.models import Decision, IdeaTally, PendingDecision
from ideas.services.steps import decide
from tests.factories.ideas import GROUNDS, BoardFactory, IdeaFactory
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

NO = {
    "to": "declined",
    "statement": "It costs more than it saves.",
    "reason": "does_not_pay",
    "change_our_mind": "Cheaper meters.",
    "seen": "0",
}
TOP = "lane=top&board=charging"


@pytest.fixture
def lane(board, team):
    """Three ideas of Charging, most supported first, and one that the filter leaves out."""
    ideas = [IdeaFactory(board=board, title=f"Idea {n}") for n in range(3)]
    IdeaFactory(board=BoardFactory(team=team), title="Elsewhere")
    for place, idea in enumerate(ideas):
        IdeaTally.objects.filter(pk=idea.pk).update(supports=9 - place)
    return ideas


def composer(idea, query=TOP):
    return f"/review/ideas/{idea.pk}/decide/?{query}"


def desk(idea, query=TOP):
    return f"/review/ideas/{idea.pk}/?{query}"


def test_the_queue_leads_to_the_composer_and_says_which_list_it_is(as_team, lane):
    page = read(as_team.get("/review/?lane=top&board=charging&status=odd"))
    assert [m.replace("&amp;", "&") for m in re.findall(r'data-decide="([^"]+)"', page.html)] == [
        composer(idea) for idea in lane
    ]
    # The lane is named where the address of the queue left it out.
    IdeaTally.objects.filter(pk=lane[0].pk).update(due_at="2027-01-01T00:00Z")
    assert composer(lane[0], "lane=due") in read(as_team.get("/review/")).html


def test_every_decision_leads_to_the_next_of_the_list_and_the_last_to_the_list(as_team, lane):
    for idea, following in zip(lane, [*lane[1:], None], strict=True):
        page = read(as_team.get(composer(idea)))
        assert f'action="{composer(idea)}"'.replace("&", "&amp;") in page.html
        answer = as_team.post(composer(idea), NO)
        assert answer.url == (desk(following) if following else f"/review/?{TOP}")
    page = read(as_team.get(answer.url))
    assert "Your decision on “Idea 2” is public." in page
    assert "That was the last idea of this list." in page
    assert "No idea fits these filters" in page
    assert Decision.objects.count() == 3


def test_from_the_middle_it_goes_on_downwards(as_team, lane):
    assert as_team.post(composer(lane[1]), NO).url == desk(lane[2])


def test_an_idea_that_left_the_lane_leads_to_its_top(as_team, lane):
    IdeaTally.objects.filter(pk=lane[2].pk).update(listed=False)
    assert as_team.post(composer(lane[2]), NO).url == desk(lane[0])


def test_a_step_that_keeps_it_in_the_lane_leads_on_all_the_same(as_team, lane):
    step = {"to": "under_review", "statement": "We look into it.", "seen": "0"}
    assert as_team.post(composer(lane[0]), step).url == desk(lane[1])


def test_in_the_sample_the_next_is_another_one(as_team, lane):
    unseen = "lane=unseen&board=charging"
    found = as_team.post(composer(lane[0], unseen), NO).url
    assert found in [desk(lane[1], unseen), desk(lane[2], unseen)]


def test_what_waits_for_a_colleague_leads_on_too(as_team, lane, board):
    board.needs_second_person = True
    board.save(update_fields=["needs_second_person"])
    answer = as_team.post(composer(lane[0]), NO)
    assert answer.url == desk(lane[1])
    page = read(as_team.get(answer.url))
    assert "A colleague looks at it now." in page
    assert "Your decision" not in page
    assert PendingDecision.objects.count() == 1


def test_without_a_list_it_leads_to_the_idea(as_team, lane):
    assert as_team.post(composer(lane[0], ""), NO).url == f"/ideas/{lane[0].pk}/"


def test_what_fails_stays_and_knows_its_list(as_team, lane):
    page = read(as_team.post(composer(lane[0]), NO | {"statement": ""}))
    assert page.status == 422
    assert composer(lane[0]).replace("&", "&amp;") in page.html


def test_an_author_with_a_step_has_no_queue(as_author, author, board, team_member):
    idea = IdeaFactory(board=board, author=author)
    made = decide(idea=idea, to="needs_info", by=team_member, grounds=GROUNDS)
    sent = {"to": "open", "statement": "Here you are.", "seen": made.pk}
    assert as_author.post(composer(idea), sent).url == f"/ideas/{idea.pk}/"
