"""Moderators, reporters and authors at once: one outcome, and nothing lost."""

from datetime import timedelta

import pytest

from community.errors import Refused
from ideas.models import Comment
from ideas.services.discussing import comment as say
from ideas.services.discussing import edit_comment
from moderation import services
from moderation.models import AuditEvent, Case, Complaint, Decision, Flag, Statement
from tests.factories.community import MemberFactory
from tests.factories.moderation import rules_in_force
from tests.moderation.conftest import a_moderator
from tests.threads import at_once

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def moderators(committed):
    return [a_moderator("moira"), a_moderator("mia")]


@pytest.fixture
def spam(committed):
    return rules_in_force("spam").clauses.get()


@pytest.fixture
def comment(idea, stranger):
    return say(idea=idea, by=stranger, body="Buy my lamps.")


def holds():
    assert list(services.verify()) == []


def codes(results):
    return sorted(result.code for result in results if isinstance(result, Refused))


def test_two_moderators_on_one_case(comment, member, moderators, spam):
    case = services.flag(thing=comment, by=member, clause=spam).case

    def decide(by, action):
        said = {"action": action, "clause": spam, "facts": f"Says {by.handle}."}
        return lambda: services.decide(case=case, by=by, **said)

    results = at_once(decide(moderators[0], "hide"), decide(moderators[1], "no_action"))
    assert codes(results) == ["decided"]
    decision = Decision.objects.get()
    comment.refresh_from_db()
    assert bool(comment.hidden_at) is (decision.action == "hide")
    assert Statement.objects.count() == (decision.action == "hide")
    holds()


def test_two_moderators_take_one_case(comment, member, moderators, spam):
    case = services.flag(thing=comment, by=member, clause=spam).case
    one, other = moderators
    results = at_once(
        lambda: services.claim(case=case, by=one), lambda: services.claim(case=case, by=other)
    )
    assert codes(results) == ["claimed"]
    holds()


def test_a_report_against_an_edit(comment, stranger, member, spam):
    results = at_once(
        lambda: services.flag(thing=comment, by=member, clause=spam),
        lambda: edit_comment(
            comment=comment, by=stranger, body="Nothing.", version=comment.version
        ),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    case = Case.objects.get()
    assert (case.version, case.text) in {(1, "Buy my lamps."), (2, "Nothing.")}
    assert Comment.objects.get(pk=comment.pk).body == "Nothing."
    holds()


def test_many_report_at_once_and_it_is_hidden_once(comment, spam):
    members = [MemberFactory(trust_level=3) for _ in range(5)]
    results = at_once(
        *(lambda by=by: services.flag(thing=comment, by=by, clause=spam) for by in members)
    )
    refused = codes(results)
    assert set(refused) <= {"hidden"}
    assert Case.objects.count() == Decision.objects.count() == 1
    assert Flag.objects.count() == 5 - len(refused) >= 3
    comment.refresh_from_db()
    assert comment.hidden_at
    assert AuditEvent.objects.count() == Flag.objects.count() + 1
    holds()


def test_two_answers_to_one_complaint(comment, stranger, member, moderators, spam):
    case = services.flag(thing=comment, by=member, clause=spam).case
    first = a_moderator("momo")
    decision = services.decide(
        case=case, by=first, action="hide", clause=spam, facts="It sells lamps."
    )
    made = services.complain(statement=decision.statements.get(), by=stranger, words="No!")

    def answer(by, upheld):
        said = {"upheld": upheld, "answer": f"Says {by.handle}."}
        return lambda: services.decide_complaint(complaint=made, by=by, **said)

    results = at_once(answer(moderators[0], True), answer(moderators[1], False))
    assert codes(results) == ["decided"]
    comment.refresh_from_db()
    assert bool(comment.hidden_at) is (Complaint.objects.get().outcome == "rejected")
    holds()


def test_a_program_s_end_against_a_person(comment, moderators, spam, monkeypatch):
    monkeypatch.setattr("moderation.services.interim.LASTS", timedelta(seconds=-1))
    for _ in range(3):
        services.flag(thing=comment, by=MemberFactory(trust_level=3), clause=spam)
    case = Case.objects.get()
    said = {"action": "hide", "clause": spam, "facts": "It sells lamps."}
    results = at_once(services.lapse, lambda: services.decide(case=case, by=moderators[0], **said))
    assert not [result for result in results if isinstance(result, Exception)]
    comment.refresh_from_db()
    assert comment.hidden_at
    holds()
