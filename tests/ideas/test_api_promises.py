"""The record of promises for programs; the same as the page, under the same rules."""

import pytest

from community.models import TeamMembership
from ideas.models import Promise
from ideas.services import promising
from ideas.services.hiding import set_idea_hidden
from ideas.services.steps import decide
from tests.factories.community import secret_of
from tests.factories.ideas import GROUNDS, supported
from tests.ideas.test_record import promised

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"


@pytest.fixture
def lead(team_member):
    TeamMembership.objects.filter(member=team_member).update(is_lead=True)
    return team_member


@pytest.fixture
def owed(idea):
    supported(idea, 1)
    return promising.start_answer(idea=idea, moment=idea.supports.get().counted_at)


def test_the_record(api, board):
    promised(due=-5, ended=-7, status="declined", board=board)
    promised(due=1, ended=-1, reason="The law changed.", board=board)
    said = api.get(f"{ROOT}promises/").json()
    answers = said["kinds"][0]
    assert answers["kind"] == "answer"
    assert (answers["total"]["kept"], answers["total"]["percent"]) == (1, 100)
    assert answers["teams"][0]["slug"] == "charging"
    assert len(answers["months"]) == 12
    assert said["withdrawn"][0]["withdrawal_reason"] == "The law changed."
    assert said["terms"][0]["answer_days"] == 30
    assert api.get(f"{ROOT}promises/?board=charging").json()["kinds"][0] == answers
    assert api.get(f"{ROOT}promises/?board=nowhere").status_code == 400


def test_what_is_overdue(api, board):
    promise = promised(due=-3, board=board)
    (said,) = api.get(f"{ROOT}promises/overdue/").json()["results"]
    assert (said["id"], said["idea"]["title"]) == (promise.pk, promise.idea.title)
    set_idea_hidden(idea=promise.idea, hidden=True)
    (said,) = api.get(f"{ROOT}promises/overdue/?board=charging").json()["results"]
    assert said["idea"] == {"id": None, "title": None, "url": None}


def test_further_pages(api, board):
    for days in range(1, 23):
        promised(due=-days, board=board)
    first = api.get(f"{ROOT}promises/overdue/").json()
    second = api.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (20, 2, None)
    assert api.get(f"{ROOT}promises/overdue/?cursor=x").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_statements_does_not_grow(api, board, rows, django_assert_num_queries):
    for _number in range(rows):
        promised(due=-3, board=board)
    with django_assert_num_queries(1):
        api.get(f"{ROOT}promises/overdue/")


def test_an_idea_tells_its_promises_with_pauses(api, owed, team_member):
    decide(idea=owed.idea, to="needs_info", by=team_member, grounds=GROUNDS)
    (said,) = api.get(f"{ROOT}ideas/{owed.idea_id}/promises/").json()["results"]
    assert (said["kind"], said["state"], said["threshold"]) == ("answer", "paused", 50)
    assert [pause["cause"] for pause in said["pauses"]] == ["info"]


def test_an_idea_tells_its_clocks(api, owed):
    said = api.get(f"{ROOT}ideas/{owed.idea_id}/").json()
    assert said["clock"]["state"] == "due"
    assert said["reply_clock"] is None
    assert said["answer_due_at"]


def test_a_board_tells_its_terms(api, board):
    said = api.get(f"{ROOT}boards/charging/").json()
    assert (said["reply_days"], said["calendar"]) == (7, None)


class TestWithdrawing:
    def test_the_lead_withdraws(self, api, lead, owed):
        api.force_authenticate(lead)
        answer = api.post(f"{ROOT}promises/{owed.pk}/withdrawal/", {"reason": "The law changed."})
        assert answer.status_code == 200
        assert answer.json()["state"] == "withdrawn"
        again = api.post(f"{ROOT}promises/{owed.pk}/withdrawal/", {"reason": "Again."})
        assert (again.status_code, again.json()["code"]) == (409, "stale")

    @pytest.mark.parametrize("who", ["member", "team_member", "author"])
    def test_others_do_not(self, api, owed, who, request):
        api.force_authenticate(request.getfixturevalue(who))
        answer = api.post(f"{ROOT}promises/{owed.pk}/withdrawal/", {"reason": "No."})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_your_promise")

    def test_a_token_needs_the_scope_to_decide(self, api, lead, owed):
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(lead)}")
        answer = api.post(f"{ROOT}promises/{owed.pk}/withdrawal/", {"reason": "No."})
        assert answer.status_code == 403
        assert Promise.objects.get().state == "running"

    def test_a_reason_is_needed(self, api, lead, owed):
        api.force_authenticate(lead)
        answer = api.post(f"{ROOT}promises/{owed.pk}/withdrawal/", {"reason": ""})
        assert answer.status_code == 400
