from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.services import publish_policy
from config.pages import shelf
from tests.factories.moderation import ClauseFactory, RulesFactory, rules_in_force

pytestmark = pytest.mark.django_db


def page(address, language="en"):
    return Client(headers={"accept-language": language}).get(address).content.decode()


def test_without_house_rules_the_page_leads_to_what_there_is(visitor):
    assert visitor.get("/policies/rules/").headers["Location"] == "/policies/"
    assert visitor.get("/policies/rules/1/").status_code == 404


def test_everybody_reads_each_clause_at_a_place_of_its_own():
    rules_in_force("spam", "harassment")
    read = page("/policies/rules/")
    assert '<li class="clause" id="spam">' in read
    assert "Rule on harassment" in read
    assert "Nobody <strong>sells</strong> here." in read
    assert "Regel spam" in page("/policies/rules/", "de")


def test_a_draft_is_nobodys_business():
    draft = ClauseFactory().version
    assert Client().get(f"/policies/rules/{draft.number}/").status_code == 404
    assert Client().get(f"/policies/rules/{draft.number}/changes/").status_code == 404


def test_what_held_and_what_is_announced_stay_to_be_read():
    rules_in_force("old")
    rules_in_force("spam")
    coming = ClauseFactory(key="manners", version=RulesFactory(number=9)).version
    publish_policy(version=coming, effective_at=timezone.now() + timedelta(days=3))
    now = page("/policies/rules/")
    assert 'id="spam"' in now
    assert 'id="manners"' not in now
    assert "A new version is in force from" in now
    assert "does not hold yet" in page("/policies/rules/9/")


def test_a_version_is_compared_clause_by_clause_with_the_one_before():
    rules_in_force("spam", "old")
    after = rules_in_force("spam", "new")
    read = page(f"/policies/rules/{after.number}/changes/")
    assert "as it was" in read
    assert "no longer there" in read
    assert "<ins>Rule on new</ins>" in read
    assert "<del>Rule on old</del>" in read


@pytest.mark.parametrize(
    ("address", "queries"), [("/policies/rules/", 6), ("/policies/rules/{}/changes/", 4)]
)
def test_it_costs_the_same_for_one_clause_and_three(
    address, queries, visitor, django_assert_num_queries
):
    rules_in_force("old")
    visitor.get("/")
    for keys in (["a"], ["a", "b", "c"]):
        rules = rules_in_force(*keys)
        visitor.get("/policies/")
        shelf.clear()
        with django_assert_num_queries(queries):
            visitor.get(address.format(rules.number))
