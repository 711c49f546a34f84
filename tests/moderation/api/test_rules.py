"""The house rules for programs: what the page says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.services import publish_policy
from tests.factories.moderation import ClauseFactory, rules_in_force

pytestmark = pytest.mark.django_db
RULES = "/api/v1/rules/"


def test_without_rules_there_are_none(api):
    ClauseFactory()
    assert api.get(RULES).status_code == 404


def test_everybody_reads_what_holds(api):
    rules = rules_in_force("spam", "harassment")
    draft = ClauseFactory(key="manners").version
    publish_policy(version=draft, effective_at=timezone.now() + timedelta(days=3))
    found = api.get(RULES).json()
    assert (found["number"], found["text"]) == (rules.number, "How we treat each other.")
    assert [clause["key"] for clause in found["clauses"]] == ["spam", "harassment"]
    assert found["clauses"][0] == {
        "key": "spam", "title": "Rule on spam", "text": "Nobody **sells** here.",
        "category": "SCAMS_AND_FRAUD", "severity": 2, "url": "/policies/rules/#spam",
    }  # fmt: skip


def test_they_are_read_in_german(api):
    rules_in_force("spam")
    found = api.get(RULES, headers={"accept-language": "de"}).json()
    assert found["clauses"][0]["title"] == "Regel spam"


def test_they_are_only_read(api, as_member):
    rules_in_force("spam")
    assert as_member.post(RULES, {}).status_code == 405


def test_they_cost_the_same_for_one_clause_and_three(api, django_assert_num_queries):
    for keys in (["a"], ["a", "b", "c"]):
        rules_in_force(*keys)
        with django_assert_num_queries(2):
            api.get(RULES)
