"""One ring is one case, however often and by whomever it is found."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reputation.models import Case, CaseState, CaseStep, CaseVote
from reputation.services import dismiss_case, file
from reputation.services.filing import Evidence, Vote
from tests.factories.community import MemberFactory
from tests.threads import at_once, failures

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    return MemberFactory.create_batch(3)


@pytest.fixture
def judge():
    return MemberFactory(handle="judith", is_staff=True, is_superuser=True)


def votes(members, ideas, first=1):
    when = timezone.now() - timedelta(days=2)
    return [
        Vote(voter.pk, members[0].pk, idea, when)
        for voter in members[1:]
        for idea in range(first, first + ideas)
    ]


def evidence(rows, detector="serial", surprise=10.0):
    return Evidence(detector, rows, surprise)


def test_a_finding_opens_a_case_with_its_evidence(three):
    filed = file(evidence=evidence(votes(three, 5)))
    case = Case.objects.get()
    assert filed.opened
    assert (case.state, case.detectors, case.member_count, case.vote_count) == (
        "open", ["serial"], 2, 10,
    )  # fmt: skip
    assert case.votes.count() == 10
    assert case.steps.get().detail == {"detector": "serial", "votes": 10, "digits": 10.0}


def test_the_same_again_changes_nothing(three):
    for _time in range(2):
        filed = file(evidence=evidence(votes(three, 5)))
    assert (filed.opened, filed.grown) == (False, False)
    assert (Case.objects.count(), CaseVote.objects.count(), CaseStep.objects.count()) == (1, 10, 1)


def test_a_case_grows_with_its_ring(three):
    file(evidence=evidence(votes(three, 5)))
    more = [*three, MemberFactory()]
    filed = file(evidence=evidence(votes(more, 7), "lockstep", 20.0))
    case = Case.objects.get()
    assert filed.grown
    assert (case.member_count, case.vote_count, case.score) == (3, 21, 20.0)
    assert case.detectors == ["serial", "lockstep"]
    assert list(case.steps.values_list("step", flat=True).order_by("id")) == ["opened", "grown"]


def test_others_are_a_case_of_their_own(three):
    file(evidence=evidence(votes(three, 5)))
    file(evidence=evidence(votes(three, 5, first=5)))
    assert Case.objects.count() == 2


def test_a_false_alarm_does_not_ring_again(three, judge):
    file(evidence=evidence(votes(three, 5)))
    dismiss_case(case=Case.objects.get(), by=judge, reason="One class.")
    assert file(evidence=evidence(votes(three, 5))).case is None
    assert file(evidence=evidence(votes(three, 9), "lockstep")).case is None
    assert Case.objects.get().state == CaseState.DISMISSED


def test_unless_most_of_it_is_new(three, judge):
    file(evidence=evidence(votes(three, 5)))
    dismiss_case(case=Case.objects.get(), by=judge, reason="One class.")
    assert file(evidence=evidence(votes(three, 11))).opened
    assert Case.objects.running().get().vote_count == 22


def test_trust_along_friendships_moves_a_case_down(three):
    for member in three:
        member.graph_trust = 1.0
        member.save()
    file(evidence=evidence(votes(three, 5)))
    assert Case.objects.get().score == 5.0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_two_runs_at_once_open_one_case(three):
    rows = votes(three, 5)
    filed = at_once(*[lambda: file(evidence=evidence(rows))] * 4)
    assert failures(filed) == []
    assert sorted(each.opened for each in filed) == [False, False, False, True]
    assert (Case.objects.count(), CaseVote.objects.count()) == (1, 10)
