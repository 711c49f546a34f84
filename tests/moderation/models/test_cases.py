"""What the database refuses, past services and forms."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django.utils import timezone

from moderation import services
from moderation.models import AuditEvent, AuditHead, Case, Complaint, Decision, Flag, Restriction
from moderation.models.audit import NOTHING_BEFORE
from moderation.services import auditing, stating
from moderation.services.stating import Finding
from tests.sql import guard_truncate, refused, sql

pytestmark = pytest.mark.django_db
KEPT = ("case", "flag", "decision", "statement", "complaint", "auditevent", "audithead")


@pytest.fixture
def told(statement, author):
    """All tables have a row."""
    services.complain(statement=statement, by=author, words="It is none.")
    event = AuditEvent.objects.earliest("pk")
    AuditHead.objects.create(day="2026-11-01", event=event, seal=event.seal)
    sql("SELECT 1")
    return statement


@pytest.mark.parametrize("table", KEPT)
def test_nothing_is_deleted(told, table):
    with refused("pgtrigger"):
        sql(f"DELETE FROM moderation_{table}")


@pytest.mark.parametrize("table", KEPT)
def test_nothing_is_emptied(told, table):
    guard_truncate()
    with refused("Cannot truncate"):
        sql(f"TRUNCATE moderation_{table} CASCADE")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("case", "text = 'x'"),
        ("case", "version = 9"),
        ("case", "state = 'open', claimed_by_id = NULL, decided_at = NULL"),
        ("flag", "weight = 5"),
        ("flag", "accuracy = 1, judged = 9"),
        ("flag", "note = 'x'"),
        ("decision", "facts = 'x'"),
        ("decision", "by_id = NULL"),
        ("statement", "informed_at = now()"),
        ("complaint", "words = 'x'"),
        ("complaint", "first_decider_id = NULL"),
        ("auditevent", "content = '{}'"),
        ("auditevent", "seal = repeat('0', 64)"),
        ("audithead", "seal = ''"),
        ("restriction", "decision_id = NULL"),
        ("restriction", "reason = 'x'"),
    ],
)
def test_what_was_said_stands(told, table, change):
    with refused("pgtrigger"):
        sql(f"UPDATE moderation_{table} SET {change}")


def write(case, by, **said):
    finding = Finding(**{"action": "hide", "facts": "It sells lamps."} | said)
    return stating.write(case=case, by=by, finding=finding)


def test_no_restriction_without_a_statement(case, moderator):
    with refused("needs a statement of reasons for each author"), transaction.atomic():
        decision = write(case, moderator)
        auditing.note(kind="decided", actor=moderator, case=case, decision=decision)
        sql("SELECT 1")


def test_nor_for_one_author_alone(case, idea, moderator, stranger):
    idea.co_author_ids = [stranger.pk]
    idea.save()
    with refused("needs a statement of reasons for each author"), transaction.atomic():
        decision = write(case, moderator)
        decision.statements.create(member=idea.author)
        auditing.note(kind="decided", actor=moderator, case=case, decision=decision)
        sql("SELECT 1")


def test_no_decision_outside_the_chain(case, idea, moderator):
    with refused("written into the chain"), transaction.atomic():
        stating.tell(decision=write(case, moderator), thing=idea)
        sql("SELECT 1")


def test_no_restriction_without_a_decision(idea, moderator):
    with refused("restrictions_have_a_decision"):
        Restriction.objects.create(idea=idea, moderator=moderator, reason="x")


def test_nobody_decides_their_own_case(case, author, member):
    for somebody in (author, member):
        with refused("Nobody decides their own case"), transaction.atomic():
            write(case, somebody)


def test_nobody_reports_their_own_text(case, author, spam):
    with refused("Nobody reports their own text"):
        Flag.objects.create(case=case, member=author, clause=spam, weight=1, judged=0)


def test_one_case_of_a_thing_and_one_report_each(case, member, spam):
    with refused("one_case_of_idea"), transaction.atomic():
        copy = Case.objects.get(pk=case.pk)
        copy.pk = None
        copy.save(force_insert=True)
    with refused("reported_once_each"), transaction.atomic():
        Flag.objects.create(case=case, member=member, clause=spam, weight=1, judged=0)


def test_a_case_is_decided_by_one_person(case, decide, other_moderator):
    decide(case)
    with refused("one_decision_of_a_person"):
        write(case, other_moderator)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"visibility": ""}, "a_restriction_takes_something"),
        ({"action": "warn"}, "a_restriction_takes_something"),
        ({"visibility": "GONE"}, "decision_visibility_known"),
        ({"monetary": "FINE"}, "decision_monetary_known"),
        ({"category": "SPAM"}, "decision_category_known"),
        ({"source": "RUMOUR"}, "decision_source_known"),
        ({"content_type": "SMELL"}, "decision_content_type_known"),
        ({"automated_decision": "MAYBE"}, "decision_automated_decision_known"),
        ({"action": "frown", "visibility": ""}, "decision_action_known"),
        ({"ground": ""}, "decided_on_a_ground"),
        ({"ground": "DECISION_GROUND_ILLEGAL_CONTENT"}, "decided_on_a_ground"),
        ({"legal_ground": "§ 1"}, "decided_on_a_ground"),
        ({"clause_words": ""}, "decided_on_a_ground"),
        ({"explanation": ""}, "decided_on_a_ground"),
        ({"facts": ""}, "decided_on_facts"),
        ({"ends_at": timezone.now()}, "programs_decide_for_a_while"),
        ({"by": None}, "programs_decide_for_a_while"),
        ({"territorial_scope": []}, "decided_somewhere"),
        ({"facts": "x" * 5001}, "too long"),
        ({"explanation": "x" * 2001}, "too long"),
        ({"clause_words": "x" * 501}, "too long"),
        ({"legal_ground": "x" * 501}, "too long"),
    ],
)
def test_half_a_statement_of_reasons_is_refused(case, moderator, change, constraint):
    whole = {
        "case": case, "by": moderator, "action": "hide",
        "visibility": "DECISION_VISIBILITY_CONTENT_DISABLED",
        "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT", "clause_words": "x" * 500,
        "explanation": "x" * 2000, "facts": "x" * 5000, "category": "OTHER_VIOLATION_TC",
        "content_date": "2026-11-01", "application_date": "2026-11-01",
        "source": "SOURCE_VOLUNTARY", "territorial_scope": ["DE"],
    }  # fmt: skip
    with refused(constraint):
        Decision.objects.create(**whole | change)


def test_at_its_longest_it_is_taken(case, decide):
    assert decide(case, facts="x" * 5000, explanation="x" * 2000, legal_ground="x" * 500).pk


def complaint(statement, by, **said):
    at = {"filed_at": timezone.now(), "due_at": timezone.now()}
    return Complaint.objects.create(
        **{"statement": statement, "member": by, "words": "x"} | at | said
    )


def test_whoever_decided_first_does_not_answer(statement, author, moderator, other_moderator):
    made = complaint(statement, author)
    made.refresh_from_db()
    assert made.first_decider == moderator
    answered = {"outcome": "rejected", "answer": "No.", "decided_at": timezone.now()}
    rows = Complaint.objects.filter(pk=made.pk)
    for somebody, why in (
        (moderator, "another_decides_a_complaint"),
        (author, "nobody_decides_their_own_complaint"),
    ):
        with refused(why), transaction.atomic():
            rows.update(decided_by=somebody, **answered)
    rows.update(decided_by=other_moderator, **answered)
    with refused("pgtrigger"):
        rows.update(outcome="upheld")


def test_complaints_are_made_by_the_told_and_in_time(statement, author, stranger):
    late = timezone.now() + timedelta(days=184, minutes=1)
    for by, said in ((stranger, {}), (author, {"filed_at": late})):
        with refused("by whoever was told, and in time"), transaction.atomic():
            complaint(statement, by, **said)
    assert complaint(statement, author, filed_at=late - timedelta(minutes=2)).pk


def test_a_seal_is_what_its_formula_says(case):
    event = AuditEvent.objects.get()
    at = event.happened_at.strftime("%Y-%m-%dT%H:%M:%S.%f")
    shown = sql("SELECT content::text FROM moderation_auditevent")[0][0]
    parts = [event.pk, event.kind, at, event.actor_id, event.case_id, "", shown, NOTHING_BEFORE]
    assert event.seal == sha256("|".join(map(str, parts)).encode()).hexdigest()


def test_links_have_no_gaps_and_seal_each_other(case, decide):
    decide(case)
    first, second = AuditEvent.objects.order_by("pk")
    assert (second.pk, second.previous) == (first.pk + 1, first.seal)
    sql(
        "INSERT INTO moderation_auditevent (id, kind, content, previous, seal)"
        " VALUES (99, 'x', '{}', 'mine', 'mine')"
    )
    third = AuditEvent.objects.latest("pk")
    assert (third.pk, third.previous) == (second.pk + 1, second.seal)
