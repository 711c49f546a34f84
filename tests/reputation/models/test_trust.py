"""A level and the row that says why go together, whoever writes them."""

import pytest
from django.db import DatabaseError, transaction

from community.models import Member
from reputation.models import TrustChange
from tests.factories.community import MemberFactory
from tests.sql import refused, sql

pytestmark = pytest.mark.django_db


def changes(member, before, after, **facts):
    return TrustChange.objects.create(
        member=member, before=before, after=after, evidence={}, **facts
    )


def at(member, level):
    Member.objects.filter(pk=member.pk).update(trust_level=level)


def settled():
    """What is checked at commit."""
    sql("SELECT 1")


def test_a_change_and_its_level(member):
    changes(member, 1, 2)
    at(member, 2)
    settled()


def test_no_level_without_a_change(member):
    with refused("no_level_without_a_change"), transaction.atomic():
        at(member, 2)
        settled()


def test_no_level_but_the_one_that_the_last_change_leads_to(member):
    with refused("no_level_without_a_change|trust_changes_lead"), transaction.atomic():
        changes(member, 1, 2)
        at(member, 3)
        settled()


def test_no_change_without_its_level(member):
    with refused("trust_changes_lead"), transaction.atomic():
        changes(member, 1, 2)
        settled()


def test_a_change_begins_where_the_last_one_ended(member):
    changes(member, 1, 2)
    at(member, 2)
    with refused("trust_changes_follow"), transaction.atomic():
        changes(member, 1, 3)


def test_by_hand_only_with_a_reason(member, admin_member):
    with refused("by_hand_for_a_reason"), transaction.atomic():
        changes(member, 1, 4, by=admin_member)
    with refused("by_hand_for_a_reason"), transaction.atomic():
        changes(member, 1, 4, reason="She has run the meet-ups for years.")


def test_members_may_begin_at_any_level():
    MemberFactory(trust_level=3)
    settled()


def test_changes_are_kept_as_written(member):
    change = changes(member, 1, 2)
    at(member, 2)
    for deed in (lambda: change.delete(), lambda: TrustChange.objects.update(after=3)):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            deed()
