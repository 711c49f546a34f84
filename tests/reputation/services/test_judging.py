"""People decide about cases; voiding closes them, and undoing it opens them again."""

import pytest

from activity.services import record
from community.errors import Refused
from ideas.events import SupportsReinstated, SupportsVoided
from reputation.models import Case, CaseVote
from reputation.services import claim, file, release
from reputation.services import dismiss_case as dismiss
from reputation.services.filing import Evidence
from tests.factories.community import MemberFactory
from tests.moderation.conftest import a_moderator
from tests.reputation.services.test_filing import votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def moira():
    return a_moderator("moira")


@pytest.fixture
def mia():
    return a_moderator("mia")


@pytest.fixture
def case():
    rows = votes(MemberFactory.create_batch(3), 5)
    return file(evidence=Evidence("serial", rows, 10.0)).case


def steps(case):
    return list(case.steps.order_by("id").values_list("step", "by__handle", "reason"))


def refusal(deed, **how):
    with pytest.raises(Refused) as refused:
        deed(**how)
    return refused.value.code


def test_a_case_is_claimed_by_one_and_given_back(case, moira, mia):
    claim(case=case, by=moira)
    assert refusal(claim, case=case, by=mia) == "claimed"
    assert refusal(dismiss, case=case, by=mia, reason="x") == "claimed"
    assert refusal(release, case=case, by=mia) == "not_claimed"
    release(case=case, by=moira)
    claim(case=case, by=mia)
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == ("claimed", mia)
    assert [step for step, *_rest in steps(case)] == ["opened", "claimed", "released", "claimed"]


def test_a_false_alarm_says_why_and_is_closed(case, moira):
    assert refusal(dismiss, case=case, by=moira, reason="  ") == "no_reason"
    dismiss(case=case, by=moira, reason=" One class. ")
    assert steps(case)[-1] == ("dismissed", "moira", "One class.")
    assert refusal(dismiss, case=case, by=moira, reason="x") == "closed"
    assert refusal(claim, case=case, by=moira) == "closed"


def test_it_is_for_moderators_who_are_no_part_of_it(case, moira):
    assert refusal(claim, case=case, by=MemberFactory()) == "not_a_moderator"
    CaseVote.objects.filter(pk=case.votes.first().pk).update(voter=moira)
    assert refusal(claim, case=case, by=moira) == "own_case"


def tell(kind, case, rows, batch=7):
    votes = [[vote.idea_id, vote.author_id, vote.voter_id] for vote in rows]
    record(kind(batch_id=batch, votes=votes), actor=None)


def test_voiding_half_of_it_closes_a_case_and_undoing_opens_it(case, moira, deliver):
    claim(case=case, by=moira)
    rows = list(case.votes.order_by("id"))
    tell(SupportsVoided, case, rows[:4])
    deliver()
    case.refresh_from_db()
    assert case.state == "claimed"
    tell(SupportsVoided, case, rows[4:5])
    deliver()
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == ("acted", moira)
    assert case.votes.filter(batch_id=7).count() == 5

    tell(SupportsReinstated, case, rows[:5])
    deliver()
    case.refresh_from_db()
    assert (case.state, case.claimed_by, case.votes.filter(batch_id=7).count()) == ("open", None, 0)
    assert [step for step, *_rest in steps(case)][-2:] == ["acted", "reopened"]


def test_other_votes_of_the_same_people_change_nothing(case, deliver):
    vote = case.votes.first()
    votes = [[999, vote.author_id, vote.voter_id]]
    record(SupportsVoided(batch_id=7, votes=votes), actor=None)
    deliver()
    assert not CaseVote.objects.exclude(batch_id=None).exists()
    assert Case.objects.get().state == "open"
