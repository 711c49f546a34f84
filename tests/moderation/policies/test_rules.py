import pytest

from moderation.policies import can_draft_rules, can_publish_rules
from tests.factories.moderation import RulesFactory, rules_in_force

pytestmark = pytest.mark.django_db


def test_administrators_write_the_rules(admin_member):
    assert can_draft_rules(admin_member, None)
    assert can_draft_rules(admin_member, rules_in_force())
    assert can_publish_rules(admin_member, RulesFactory(), has_clauses=True)


@pytest.mark.parametrize("who", ["moderator", "member", "team_member"])
def test_nobody_else_does(who, request):
    somebody = request.getfixturevalue(who)
    assert can_draft_rules(somebody, None).code == "not_an_administrator"
    verdict = can_publish_rules(somebody, RulesFactory(), has_clauses=True)
    assert verdict.code == "not_an_administrator"


def test_a_draft_comes_first(admin_member):
    assert can_draft_rules(admin_member, RulesFactory()).code == "draft_there"
    assert can_publish_rules(admin_member, rules_in_force(), has_clauses=True).code == "published"
    assert can_publish_rules(admin_member, RulesFactory(), has_clauses=False).code == "no_clauses"
