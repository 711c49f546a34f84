"""Recording a fact with its deed."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from activity.models import EventRecord
from activity.services import record, record_all
from tests.activity.conftest import BellRang

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_a_fact_is_recorded_with_actor_and_moment(member):
    record(BellRang(number=4), actor=member, occurred_at=NOON)
    row = EventRecord.objects.get()
    assert (row.kind, row.payload, row.actor_id, row.occurred_at) == (
        "test.bell_rang",
        {"number": 4},
        member.pk,
        NOON,
    )


@pytest.mark.django_db
def test_many_facts_are_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        record_all([BellRang(number=n) for n in range(100)], actor=None)


@pytest.mark.django_db
def test_no_facts_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        record_all([], actor=None)


@pytest.mark.django_db(transaction=True)
def test_a_fact_without_its_deed_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record(BellRang(number=1), actor=None)
    assert not EventRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_fact_goes_with_its_deed():
    with transaction.atomic():
        record(BellRang(number=1), actor=None)
        transaction.set_rollback(True)
    assert not EventRecord.objects.exists()
