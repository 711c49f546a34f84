"""What programs do with decisions that wait: what the pages do, under the same rules."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models.token import Scope
from ideas.models import Comment, Decision, PendingDecision
from ideas.services import composing
from ideas.services.steps import decide
from tests.factories.community import secret_of
from tests.factories.ideas import GROUNDS, idea_in, said_on, supported
from tests.ideas.test_api import ROOT, as_, at, problem  # noqa: F401

pytestmark = pytest.mark.django_db

NO = {
    "to": "declined",
    "statement": "It costs more than it saves.",
    "reason": "does_not_pay",
    "change_our_mind": "Cheaper meters.",
    "seen": 0,
}
PENDING = "pending-decision/"


@pytest.fixture
def careful(board):
    board.needs_second_person = True
    board.save(update_fields=["needs_second_person"])


def soon():
    return (timezone.now() + timedelta(days=2)).isoformat()


def test_a_decision_on_a_careful_board_is_proposed(careful, as_, idea, team_member):  # noqa: F811
    answer = as_(team_member).post(at(idea, "decisions/"), NO)
    assert (answer.status_code, answer.json()["state"]) == (202, "proposed")
    assert answer.json()["proposed_by"]["handle"] == "anouk"
    assert not Decision.objects.exists()
    assert as_(None).get(at(idea, "decisions/")).json()["results"] == []
    again = as_(team_member).get(at(idea, PENDING))
    assert again.json() == answer.json()


def test_a_decision_settles_points(as_, idea, team_member):  # noqa: F811
    question = said_on(idea, kind="question")
    answer = as_(team_member).post(at(idea, "decisions/"), NO | {"answers": [question.pk]})
    assert answer.status_code == 201
    assert Comment.objects.get(pk=question.pk).resolved_by == team_member


def test_it_is_scheduled_moved_and_cancelled(as_, idea, team_member, colleague):  # noqa: F811
    said = NO | {"publish_at": soon(), "uses": [7]}
    answer = as_(team_member).post(at(idea, PENDING), said)
    assert (answer.status_code, answer.json()["state"]) == (201, "scheduled")
    assert answer.json()["uses"] == [7]
    later = "2027-01-04T08:00:00Z"
    one = {"id": answer.json()["id"]}
    moved = as_(colleague).patch(
        at(idea, PENDING), one | {"action": "reschedule", "publish_at": later}
    )
    assert moved.json()["publish_at"].startswith("2027-01-04T")
    gone = as_(colleague).patch(at(idea, PENDING), one | {"action": "cancel", "remark": "Late."})
    assert (gone.json()["state"], gone.json()["remark"]) == ("cancelled", "Late.")
    problem(as_(team_member).get(at(idea, PENDING)), 404, "not_found")
    problem(as_(colleague).patch(at(idea, PENDING), one | {"action": "cancel"}), 409, "stale")


@pytest.mark.parametrize(
    ("publish_at", "code"),
    [
        (None, "missing_publish_at"),
        ("2020-01-01T00:00:00Z", "publish_at_past"),
        ("2999-01-01T00:00:00Z", "publish_at_far"),
    ],
)
def test_the_day_is_named_where_it_does_not_fit(as_, idea, team_member, publish_at, code):  # noqa: F811
    answer = as_(team_member).post(at(idea, PENDING), NO | {"publish_at": publish_at})
    assert "publish_at" in problem(answer, 400, code)["errors"]


def test_a_second_person_approves_or_returns(careful, as_, idea, team_member, colleague):  # noqa: F811
    one = {"id": as_(team_member).post(at(idea, PENDING), NO).json()["id"]}
    problem(
        as_(team_member).patch(at(idea, PENDING), one | {"action": "approve"}), 403, "own_proposal"
    )
    problem(
        as_(colleague).patch(at(idea, PENDING), one | {"action": "return"}), 400, "missing_remark"
    )
    problem(as_(colleague).post(at(idea, PENDING), NO), 403, "already_waiting")
    answer = as_(colleague).patch(at(idea, PENDING), one | {"action": "approve"})
    assert (answer.status_code, answer.json()["state"]) == (200, "published")
    assert answer.json()["decision"] == Decision.objects.get().pk
    assert answer.json()["approved_by"]["handle"] == "ben"


def test_what_was_overtaken_is_not_approved(careful, as_, idea, team_member, colleague):  # noqa: F811
    one = {"id": as_(team_member).post(at(idea, PENDING), NO).json()["id"], "action": "approve"}
    decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
    problem(as_(colleague).patch(at(idea, PENDING), one), 409, "stale")
    assert PendingDecision.objects.get().is_overtaken
    problem(as_(team_member).post(at(idea, PENDING), NO), 409, "stale")


def test_what_one_did_not_read_one_does_not_judge(careful, as_, idea, team_member, colleague):  # noqa: F811
    first = as_(team_member).post(at(idea, PENDING), NO).json()["id"]
    as_(team_member).post(at(idea, PENDING), NO | {"statement": "Other words."})
    said = {"action": "approve"}
    problem(as_(colleague).patch(at(idea, PENDING), said | {"id": first}), 409, "stale")
    problem(as_(colleague).patch(at(idea, PENDING), said | {"id": 2**70}), 409, "stale")


@pytest.mark.parametrize("who", ["author", "stranger", "other_team_member"])
def test_it_is_for_the_team_alone(request, careful, as_, idea, team_member, who):  # noqa: F811
    as_(team_member).post(at(idea, PENDING), NO)
    other = request.getfixturevalue(who)
    problem(as_(other).get(at(idea, PENDING)), 403, "not_your_team")
    problem(as_(other).post(at(idea, PENDING), NO), 403, "not_your_team")
    problem(
        as_(other).patch(at(idea, PENDING), {"id": 1, "action": "cancel"}), 403, "not_your_team"
    )
    problem(as_(other).get(at(idea, "reach/")), 403, "not_your_step")


def test_nothing_of_it_is_in_the_open(careful, as_, api, idea, team_member):  # noqa: F811
    as_(team_member).post(at(idea, PENDING), NO)
    api.force_authenticate(None)
    for address in (at(idea), f"{ROOT}ideas/", at(idea, "decisions/")):
        assert NO["statement"] not in api.get(address).content.decode()
    for address in (at(idea, PENDING), at(idea, "reach/"), f"{ROOT}decision-templates/"):
        assert api.get(address).status_code == 401


def test_a_token_needs_the_scope(api, idea, team_member):
    reads = {"Authorization": f"Bearer {secret_of(team_member, Scope.READ, Scope.WRITE)}"}
    problem(api.get(at(idea, PENDING), headers=reads), 403, "scope_missing")


def test_templates(as_, team_member, member):  # noqa: F811
    composing.set_up_templates()
    found = as_(team_member).get(f"{ROOT}decision-templates/?to=declined").json()
    assert len(found["results"]) == 16
    assert found["next"] is None
    assert {row["to_status"] for row in found["results"]} == {"declined"}
    problem(as_(member).get(f"{ROOT}decision-templates/"), 403, "no_team")


def test_reach(as_, idea, team_member):  # noqa: F811
    supported(idea, 2)
    said = as_(team_member).get(at(idea, "reach/")).json()
    assert (said["people"], said["by_mail"], said["by_page_only"]) == (3, 3, 0)
    assert (said["waiting_long"], said["languages"]) == (0, ["en"])
    assert said["waiting_since"]


@pytest.mark.parametrize("surface", ["page", "program"])
def test_page_and_program_propose_alike(careful, as_, signed_in, board, team_member, surface):  # noqa: F811
    idea = idea_in("open", board=board)
    point = said_on(idea, kind="question")
    said = NO | {"answers": [point.pk]}
    if surface == "page":
        signed_in(team_member).post(
            f"/review/ideas/{idea.pk}/decide/", said | {"action": "publish"}
        )
    else:
        as_(team_member).post(at(idea, PENDING), said)
    pending = PendingDecision.objects.get()
    assert (pending.state, pending.to_status, pending.statement, pending.answers) == (
        "proposed", "declined", NO["statement"], [point.pk],
    )  # fmt: skip
