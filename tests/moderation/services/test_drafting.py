import threading

import pytest
from django.db import connections

from community.errors import Refused
from community.models import PolicyVersion
from moderation.models import Clause, HouseRules
from moderation.services import draft_rules, publish_rules
from moderation.services.drafting import first_rules
from tests.factories.moderation import RulesFactory, rules_in_force

pytestmark = pytest.mark.django_db


def code(refused):
    return refused.value.code


def test_the_first_draft_begins_with_rules_that_suit_most(admin_member):
    draft = draft_rules(by=admin_member)
    assert (draft.number, draft.published_at) == (1, None)
    assert [c.key for c in Clause.objects.filter(version=draft)] == [
        clause["key"] for clause in first_rules()["clauses"]
    ]
    publish_rules(rules=draft, by=admin_member)
    assert Clause.objects.in_force().count() == len(first_rules()["clauses"])


def test_the_next_draft_copies_the_newest_version_with_its_keys(admin_member):
    before = rules_in_force("spam", "harassment")
    draft = draft_rules(by=admin_member)
    assert draft.number == before.number + 1
    fields = ("key", "position", "title_en", "text_de", "category", "severity")
    copied, original = (
        list(Clause.objects.filter(version=version).values_list(*fields))
        for version in (draft, before)
    )
    assert [row[0] for row in copied] == ["spam", "harassment"]
    assert [row[2:] for row in copied] == [row[2:] for row in original]
    assert [c.version for c in Clause.objects.in_force()] == [before, before]


def test_there_is_one_draft_at_a_time(admin_member):
    draft_rules(by=admin_member)
    with pytest.raises(Refused) as refused:
        draft_rules(by=admin_member)
    assert code(refused) == "draft_there"


def test_rules_without_a_clause_are_not_published(admin_member):
    with pytest.raises(Refused) as refused:
        publish_rules(rules=RulesFactory(), by=admin_member)
    assert code(refused) == "no_clauses"


def test_they_are_published_once(admin_member):
    with pytest.raises(Refused) as refused:
        publish_rules(rules=rules_in_force(), by=admin_member)
    assert code(refused) == "published"


def test_moderators_apply_the_rules_and_do_not_write_them(moderator):
    with pytest.raises(Refused) as refused:
        draft_rules(by=moderator)
    assert code(refused) == "not_an_administrator"
    with pytest.raises(Refused) as refused:
        publish_rules(rules=RulesFactory(), by=moderator)
    assert code(refused) == "not_an_administrator"


@pytest.mark.usefixtures("committed")
def test_a_clause_written_while_the_rules_are_published_is_in_them_or_refused(admin_member):
    """Whichever comes first, what is published never changes afterwards."""
    draft = draft_rules(by=admin_member)
    begin, outcomes, errors = threading.Barrier(2), [], []

    def publish():
        begin.wait()
        publish_rules(rules=draft, by=admin_member)
        outcomes.append(Clause.objects.filter(version=draft).count())
        connections.close_all()

    def write():
        begin.wait()
        try:
            Clause.objects.create(version=draft, key="late", title_en="L", title_de="L",
                                  text_en="L", text_de="L")  # fmt: skip
        except Exception as error:
            errors.append(str(error))
        connections.close_all()

    threads = [threading.Thread(target=work) for work in (publish, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert PolicyVersion.objects.get(pk=draft.pk).published_at
    assert all("no_clause_comes_later" in error for error in errors)
    assert outcomes == [Clause.objects.filter(version=draft).count()]


def test_the_first_rules_say_something_in_both_languages_once():
    clauses = first_rules()["clauses"]
    keys = [clause["key"] for clause in clauses]
    assert len(keys) == len(set(keys)) >= 10
    assert {"spam", "harassment", "off-topic"} <= set(keys)
    assert all(clause["title_de"] != clause["title_en"] for clause in clauses)
    assert HouseRules.objects.count() == 0
