"""The log is kept as it was written, whoever asks."""

import pytest
from django.db import transaction

from activity.models import EventRecord
from activity.services import record
from tests.activity.conftest import BellRang
from tests.sql import guard_truncate, refused, sql

pytestmark = pytest.mark.django_db

REFUSED = [
    "UPDATE activity_eventrecord SET actor_id = 1",
    "DELETE FROM activity_eventrecord",
    "TRUNCATE activity_eventrecord CASCADE",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_events_are_kept_as_written(statement):
    record(BellRang(number=1), actor=None)
    guard_truncate()
    with refused("pgtrigger"):
        sql(statement)
    assert EventRecord.objects.get().payload == {"number": 1}


def test_the_orm_is_refused_too():
    record(BellRang(number=1), actor=None)
    with refused("pgtrigger"), transaction.atomic():
        EventRecord.objects.get().delete()


def test_there_is_one_wake_up_row():
    with refused("one_wake_up"):
        sql("INSERT INTO activity_wakeup (id) VALUES (2)")
