"""The life of a case, from the first report to the last word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import EventRecord
from community.errors import Refused
from ideas.models import Idea
from ideas.services.discussing import edit_comment
from moderation import services
from moderation.models import AuditEvent, Case, Clause, Decision, Flag, Restriction, Statement
from moderation.services.opening import HOURS
from tests.factories.community import MemberFactory, befriend
from tests.factories.ideas import IdeaFactory, said_on
from tests.factories.moderation import rules_in_force

pytestmark = pytest.mark.django_db


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("name", ["idea", "comment", "question", "answer", "author"])
def test_a_report_opens_a_case_with_the_text_as_it_is(name, request, report, member):
    thing = request.getfixturevalue(name)
    flag = report(member, thing, note="The third one today.")
    case = Case.objects.with_thing().get()
    assert (flag.case, case.thing, case.state) == (case, thing, "open")
    assert case.author_id == getattr(thing, "author_id", thing.pk)
    assert getattr(thing, "body", "") in case.text
    assert kinds() == ["reported"]


def test_reports_of_one_thing_are_one_case(report, idea, member, stranger, spam):
    one, other = report(member, idea), report(stranger, idea)
    assert one.case == other.case
    other.case.refresh_from_db()
    assert other.case.score == one.weight + other.weight == 4
    with pytest.raises(Refused) as refusal:
        report(member, idea)
    assert refusal.value.code == "flagged"


def test_what_it_said_stays_whatever_its_author_does(report, comment, stranger, member, decide):
    case = report(member, comment).case
    edit_comment(comment=comment, by=stranger, body="Nothing.", version=comment.version)
    case.refresh_from_db()
    assert (case.text, case.version) == ("Buy my lamps.", 1)


def test_grave_reports_are_due_sooner(report, idea, member, stranger):
    harassment = Clause.objects.get(key="harassment")
    assert harassment.severity == 2
    case = report(member, idea).case
    waits = case.due_at - timezone.now()
    assert timedelta(hours=HOURS[2] - 1) < waits <= timedelta(hours=HOURS[2])


def test_only_rules_that_hold_are_reported_by(report, idea, member, spam):
    rules_in_force("manners")
    with pytest.raises(Refused) as refusal:
        report(member, idea, clause=spam)
    assert refusal.value.code == "old_clause"


def test_weight_and_accuracy_are_those_of_the_day(report, member, board, decide, idea):
    for _ in range(2):
        decide(report(member, IdeaFactory(board=board)).case)
    decide(report(member, IdeaFactory(board=board)).case, action="no_action")
    flag = report(member, idea)
    assert (flag.judged, flag.accuracy) == (3, pytest.approx(2 / 3))
    member.is_staff = True
    member.save()
    flag.refresh_from_db()
    assert flag.weight == 2


def test_a_report_that_is_taken_back_weighs_nothing(report, idea, member, stranger):
    flag = report(member, idea)
    report(stranger, idea)
    services.withdraw_flag(flag=flag, by=member)
    assert Case.objects.get().score == 2
    report(member, idea)
    assert Case.objects.get().score == 4
    assert kinds() == ["reported", "reported", "report_withdrawn", "reported"]


@pytest.fixture
def heavy():
    """Three who are trusted: four each."""
    return [MemberFactory(trust_level=3) for _ in range(3)]


def test_enough_weight_hides_it_for_the_time_being(report, idea, heavy, author):
    for member in heavy[:2]:
        report(member, idea)
    assert Idea.objects.get(pk=idea.pk).hidden_at is None
    report(heavy[2], idea)
    assert Idea.objects.get(pk=idea.pk).hidden_at
    decision = Decision.objects.get()
    assert (decision.by, decision.automated_decision) == (None, "AUTOMATED_DECISION_FULLY")
    assert decision.ends_at - decision.decided_at <= timedelta(hours=24)
    assert Statement.objects.get().member == author
    case = Case.objects.get()
    assert (case.state, case.due_at) == ("open", decision.ends_at)
    assert kinds()[-1] == "hidden_for_now"


def test_friends_count_once(report, idea, heavy):
    befriend(*heavy[:2])
    for member in heavy:
        report(member, idea)
    assert Case.objects.get().score == 8
    assert not Decision.objects.exists()


def test_those_who_always_report_together_count_once(report, idea, board, heavy):
    one, other, _third = heavy
    for _ in range(5):
        thing = IdeaFactory(board=board)
        report(one, thing)
        report(other, thing)
    for member in heavy:
        report(member, idea)
    assert Case.objects.get(idea=idea).score == 8


def test_it_is_shown_again_by_itself(report, idea, heavy, monkeypatch):
    monkeypatch.setattr("moderation.services.interim.LASTS", timedelta(seconds=-1))
    for member in heavy:
        report(member, idea)
    assert Idea.objects.get(pk=idea.pk).hidden_at
    assert services.lapse() == 1
    assert services.lapse() == 0
    assert Idea.objects.get(pk=idea.pk).hidden_at is None
    restriction = Restriction.objects.get()
    assert (restriction.lifted_by, Case.objects.get().state) == (None, "open")
    report(MemberFactory(trust_level=4), idea)
    assert Idea.objects.get(pk=idea.pk).hidden_at is None
    assert kinds()[-2:] == ["lapsed", "reported"]


def test_it_stays_hidden_for_its_day(report, idea, heavy):
    for member in heavy:
        report(member, idea)
    assert services.lapse() == 0
    assert Idea.objects.get(pk=idea.pk).hidden_at


def test_a_person_confirms_what_a_program_hid(report, idea, heavy, decide):
    for member in heavy:
        report(member, idea)
    decide(Case.objects.get(), action="remove", spam=True)
    assert Idea.objects.get(pk=idea.pk).hidden_at
    assert Restriction.objects.in_force().get().decision.action == "remove"
    events = EventRecord.objects.values_list("kind", flat=True)
    assert "moderation.lifted" not in events


def test_a_person_shows_what_a_program_hid(report, idea, heavy, decide):
    for member in heavy:
        report(member, idea)
    decide(Case.objects.get(), action="no_action")
    assert Idea.objects.get(pk=idea.pk).hidden_at is None
    assert not Restriction.objects.in_force().exists()
    assert set(Flag.objects.values_list("outcome", flat=True)) == {"rejected"}


@pytest.mark.parametrize(
    ("action", "is_hidden", "is_told", "outcome"),
    [
        ("no_action", False, False, "rejected"),
        ("edit_request", False, True, "upheld"),
        ("warn", False, True, "upheld"),
        ("hide", True, True, "upheld"),
        ("remove", True, True, "upheld"),
    ],
)
def test_what_a_decision_does(case, idea, decide, action, is_hidden, is_told, outcome):
    decision = decide(case, action=action)
    assert bool(Idea.objects.get(pk=idea.pk).hidden_at) is is_hidden
    assert Restriction.objects.in_force().exists() is is_hidden
    assert decision.statements.exists() is is_told
    assert Flag.objects.get().outcome == outcome
    case.refresh_from_db()
    assert (case.state, decision.source) == ("decided", "SOURCE_TYPE_OTHER_NOTIFICATION")
    assert kinds() == ["reported", "decided"]


def test_a_decision_names_the_very_words_of_the_rule(case, decide, author):
    author.language = "de"
    author.save()
    decision = decide(case)
    assert decision.clause_words == "Regel spam: Hier verkauft **niemand**."
    assert (decision.explanation, decision.category) == ("It sells lamps.", "SCAMS_AND_FRAUD")


def test_what_is_against_the_law_names_the_law(case, decide):
    decision = decide(case, clause=None, legal_ground="§ 185 StGB")
    assert (decision.ground, decision.legal_ground) == (
        "DECISION_GROUND_ILLEGAL_CONTENT",
        "§ 185 StGB",
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"clause": None}, "no_clause"),
        ({"facts": " "}, "no_facts"),
        ({"action": "ban"}, "unknown_action"),
    ],
)
def test_half_a_decision_is_refused(case, idea, decide, said, code):
    with pytest.raises(Refused) as refusal:
        decide(case, **said)
    assert refusal.value.code == code
    case.refresh_from_db()
    assert (case.state, Idea.objects.get(pk=idea.pk).hidden_at) == ("open", None)


def test_everybody_whose_text_it_is_is_told(report, idea, member, stranger, decide):
    idea.co_author_ids = [stranger.pk]
    idea.save()
    decision = decide(report(member, idea).case)
    assert {told.member_id for told in decision.statements.all()} == {idea.author_id, stranger.pk}


def test_claiming_and_giving_back(case, moderator, other_moderator):
    services.claim(case=case, by=moderator)
    with pytest.raises(Refused, match="looks into this already"):
        services.claim(case=case, by=other_moderator)
    services.release(case=case, by=moderator)
    assert services.claim(case=case, by=other_moderator).claimed_by == other_moderator
    assert kinds() == ["reported", "claimed", "released", "claimed"]


def test_hiding_decides_the_case_that_runs(case, idea, moderator, spam):
    made = services.restrict(thing=idea, by=moderator, reason="An advertisement.", clause=spam)
    case.refresh_from_db()
    assert (case.state, made.decision.case) == ("decided", case)
    assert Flag.objects.get().outcome == "upheld"


def test_hiding_what_nobody_reported_is_a_case_too(idea, moderator, spam):
    made = services.restrict(thing=idea, by=moderator, reason="An advertisement.", clause=spam)
    assert made.decision.source == "SOURCE_VOLUNTARY"
    assert made.decision.statements.get().member == idea.author


def test_a_site_with_rules_hides_by_them(idea, moderator, spam):
    with pytest.raises(Refused) as refusal:
        services.restrict(thing=idea, by=moderator, reason="An advertisement.")
    assert refusal.value.code == "no_clause"


@pytest.mark.parametrize("name", ["idea", "comment", "question", "answer"])
def test_a_right_complaint_brings_all_back(name, request, report, member, decide, other_moderator):
    thing = request.getfixturevalue(name)
    told = decide(report(member, thing).case, action="remove", spam=True).statements.get()
    made = services.complain(statement=told, by=thing.author, words="It is none.")
    done = services.decide_complaint(
        complaint=made, by=other_moderator, upheld=True, answer="It is none, indeed."
    )
    thing.refresh_from_db()
    assert (thing.hidden_at, done.outcome) == (None, "upheld")
    assert Flag.objects.get().outcome == "rejected"
    restriction = Restriction.objects.get()
    assert (restriction.lifted_by, restriction.lift_reason) == (
        other_moderator, "It is none, indeed.",
    )  # fmt: skip
    assert kinds()[-2:] == ["complained", "complaint_decided"]


def test_a_wrong_complaint_changes_nothing(statement, author, idea, other_moderator):
    made = services.complain(statement=statement, by=author, words="It is none.")
    services.decide_complaint(complaint=made, by=other_moderator, upheld=False, answer="It is.")
    assert Idea.objects.get(pk=idea.pk).hidden_at
    assert Flag.objects.get().outcome == "upheld"


@pytest.mark.parametrize(("words", "code"), [("", "no_words"), ("  ", "no_words")])
def test_a_complaint_says_something(statement, author, words, code):
    with pytest.raises(Refused) as refusal:
        services.complain(statement=statement, by=author, words=words)
    assert refusal.value.code == code


def test_what_was_removed_costs_points_until_it_is_back(
    report, board, author, member, decide, other_moderator, deliver
):
    thing = said_on(IdeaFactory(board=board), by=author)
    told = decide(report(member, thing).case, action="remove", spam=True).statements.get()
    deliver()
    author.refresh_from_db()
    assert author.standing == -100
    made = services.complain(statement=told, by=author, words="It is none.")
    services.decide_complaint(complaint=made, by=other_moderator, upheld=True, answer="Right.")
    deliver()
    author.refresh_from_db()
    assert author.standing == 0
