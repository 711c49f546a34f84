"""Decisions stand. No "no" without a reason, no "yes" without a rough when."""

import pytest
from django.db import connection, transaction

from ideas.models import Decision
from tests.factories.ideas import idea_in
from tests.sql import guard_truncate, refused, sql

pytestmark = pytest.mark.django_db

STATEMENTS = [
    "UPDATE ideas_decision SET statement = 'We never said so.'",
    "DELETE FROM ideas_decision",
    "TRUNCATE ideas_decision CASCADE",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_decision_is_neither_edited_nor_deleted(statement):
    idea_in("declined")
    guard_truncate()
    with refused("pgtrigger"):
        sql(statement)
    assert Decision.objects.get().statement == "We looked into it."


def test_an_idea_with_a_decision_is_not_deleted():
    idea = idea_in("declined")
    with refused("pgtrigger|foreign key"):
        sql("DELETE FROM ideas_idea WHERE id = %s", idea.pk)


INSERT = """
    INSERT INTO ideas_decision (idea_id, member_id, origin, from_status, to_status, statement,
        statement_html, reason, change_our_mind, rough_when, cost_band)
    VALUES (%s, %s, %s, 'open', %s, %s, '', %s, %s, %s, %s)
"""


# To which status, statement, reason, what would change our mind, roughly when, effort.
@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("no_step_in_silence", ["under_review", "", "", "", "", ""]),
        ("no_without_a_reason", ["declined", "No.", "", "Money.", "", ""]),
        ("no_without_a_reason", ["declined", "No.", "legal", "", "", ""]),
        ("yes_with_a_rough_when", ["planned", "Yes.", "", "", "", "small"]),
        ("yes_with_a_rough_when", ["planned", "Yes.", "", "", "spring", ""]),
        ("a_person_decided", ["under_review", "Let us see.", "", "", "", ""]),
    ],
)
def test_the_database_refuses(idea, team_member, rule, words):
    decider = None if rule == "a_person_decided" else team_member.pk
    with refused(rule):
        sql(INSERT, idea.pk, decider, "person", *words)


def test_an_import_brings_decisions_whose_reasons_nobody_wrote_down(idea):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [idea.pk, None, "imported", "declined", "", "", "", "", ""])
        sql("UPDATE ideas_idea SET status = 'declined' WHERE id = %s", idea.pk)
    assert Decision.objects.get().member is None
