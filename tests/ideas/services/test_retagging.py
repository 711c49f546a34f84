"""Trusted members sort ideas of others; everybody sees what they changed."""

import pytest

from activity.models import EventRecord
from community.errors import Refused
from ideas.models import Retagging
from ideas.services.hiding import set_idea_hidden
from ideas.services.retagging import retag
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory
from tests.sql import refused as refused_by_database
from tests.sql import sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def trusted(db):
    return MemberFactory(handle="nadia", display_name="Nadia Rahal", trust_level=3)


def code_of(**arguments):
    with pytest.raises(Refused) as refusal:
        retag(**arguments)
    return refusal.value.code


def test_what_changed_is_kept(idea, trusted):
    idea.tags.add("night", "price")
    retag(idea=idea, by=trusted, add=["tariff"], remove=["price"])
    change = Retagging.objects.get()
    assert (change.member, change.before, change.after) == (
        trusted, ["night", "price"], ["night", "tariff"],
    )  # fmt: skip
    assert (change.added, change.removed) == (["tariff"], ["price"])
    fact = EventRecord.objects.get(kind="ideas.retagged")
    assert (fact.actor_id, fact.payload["author_id"]) == (trusted.pk, idea.author_id)
    with refused_by_database("retaggings_are_kept"):
        sql("UPDATE ideas_retagging SET after = '{}'")


def test_no_difference_is_no_change(idea, trusted):
    idea.tags.add("night")
    retag(idea=idea, by=trusted, add=["night"], remove=["day"])
    assert not Retagging.objects.exists()


def test_what_is_refused(idea, trusted):
    six = {"by": trusted, "add": ["a", "b", "c", "d", "e", "f"]}
    assert code_of(idea=idea, **six) == "too_many_tags"
    draft = DraftFactory()
    assert code_of(idea=draft, by=trusted, add=["night"]) == "not_shown"
    set_idea_hidden(idea=idea, hidden=True)
    assert code_of(idea=idea, by=trusted, add=["night"]) == "not_shown"


def test_for_programs(idea, trusted, stranger, api):
    address = f"/api/v1/ideas/{idea.pk}/tags/"
    api.force_authenticate(trusted)
    answer = api.put(address, {"add": ["night"]}, format="json")
    assert (answer.status_code, answer.json()["tags"]) == (200, ["night"])
    api.force_authenticate(stranger)
    answer = api.put(address, {"add": ["day"]}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "trust_level_too_low")
