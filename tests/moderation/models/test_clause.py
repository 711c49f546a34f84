from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone, translation

from community.services import publish_policy
from moderation.models import Category, Clause, HouseRules
from tests.factories.community import PolicyFactory
from tests.factories.moderation import ClauseFactory, RulesFactory, rules_in_force

pytestmark = pytest.mark.django_db


def keys(at=None):
    return [clause.key for clause in Clause.objects.in_force(at)]


def sql(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_without_house_rules_nothing_is_in_force():
    ClauseFactory()
    assert keys() == []


def test_the_clauses_of_the_version_that_holds_are_in_force_in_their_order():
    rules_in_force("old")
    rules_in_force("spam", "harassment")
    ClauseFactory(version=RulesFactory(), key="draft")
    publish_policy(version=PolicyFactory(kind="terms"))
    assert keys() == ["spam", "harassment"]


def test_what_is_announced_is_not_in_force_until_its_day():
    rules_in_force("spam")
    draft = ClauseFactory(key="manners").version
    day = timezone.now() + timedelta(days=14)
    publish_policy(version=draft, effective_at=day)
    assert keys() == ["spam"]
    assert keys(at=day - timedelta(seconds=1)) == ["spam"]
    assert keys(at=day) == ["manners"]


def test_what_held_is_found_again():
    before = timezone.now()
    rules_in_force("spam")
    then = timezone.now()
    rules_in_force("manners")
    assert (keys(at=before), keys(at=then), keys()) == ([], ["spam"], ["manners"])


def test_it_is_read_in_the_language_of_the_reader():
    clause = ClauseFactory()
    assert (clause.title, clause.text) == ("No advertising", "Nobody **sells** here.")
    with translation.override("de"):
        assert (clause.title, clause.text) == ("Keine Werbung", "Hier verkauft **niemand**.")


def test_it_has_a_place_on_the_page():
    assert ClauseFactory(key="spam").get_absolute_url() == "/policies/rules/#spam"


def test_house_rules_are_the_third_policy_and_no_other():
    PolicyFactory(kind="terms")
    rules = RulesFactory()
    assert list(HouseRules.objects.all()) == [rules]


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "Spam"},
        {"key": "no spam"},
        {"key": "spam-"},
        {"severity": 0},
        {"severity": 6},
        {"category": "RUDE"},
        {"title_de": ""},
        {"text_en": ""},
    ],
)
def test_the_database_refuses_half_a_clause(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ClauseFactory(**wrong)


def test_a_key_is_there_once_in_a_version_and_again_in_the_next():
    first = ClauseFactory(key="spam")
    ClauseFactory(key="spam")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClauseFactory(key="spam", version=first.version)


@pytest.mark.parametrize("severity", [1, 5])
@pytest.mark.parametrize("category", Category.values)
def test_each_category_and_the_ends_of_the_scale_are_taken(category, severity):
    assert ClauseFactory(category=category, severity=severity).pk


def test_a_draft_is_changed_and_thrown_away_with_its_clauses():
    clause = ClauseFactory()
    clause.title_en = "No selling"
    clause.save()
    clause.version.delete()
    assert not Clause.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderation_clause SET title_en = 'Sell!'",
        "UPDATE moderation_clause SET severity = 5",
        "DELETE FROM moderation_clause",
        "UPDATE community_policyversion SET text_en = 'Sell!'",
        "UPDATE community_policyversion SET effective_at = effective_at + interval '1 day'",
        "DELETE FROM community_policyversion",
    ],
)
def test_published_clauses_stand_whatever_is_tried(statement):
    rules_in_force()
    with pytest.raises(DatabaseError):
        sql(statement)


def test_no_clause_comes_to_a_version_or_leaves_it_once_it_is_published():
    published = rules_in_force()
    with pytest.raises(DatabaseError), transaction.atomic():
        ClauseFactory(version=published, key="later")
    moved = ClauseFactory(key="moved")
    with pytest.raises(DatabaseError):
        sql(f"UPDATE moderation_clause SET version_id = {published.pk} WHERE id = {moved.pk}")


def test_only_house_rules_have_clauses():
    terms = PolicyFactory(kind="terms")
    with pytest.raises(DatabaseError), transaction.atomic():
        ClauseFactory(version_id=terms.pk, version=None)
