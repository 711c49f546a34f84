"""The log is kept as it was written, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from activity.models import EventRecord
from activity.services import record
from tests.activity.conftest import BellRang

pytestmark = pytest.mark.django_db

REFUSED = [
    "UPDATE activity_eventrecord SET actor_id = 1",
    "DELETE FROM activity_eventrecord",
    "TRUNCATE activity_eventrecord CASCADE",
]


def restore_truncate_guards():
    """Tests live without them (see conftest); inside this transaction they are back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname)"
            "FROM pg_trigger WHERE tgtype & 32 <> 0 AND NOT tgisinternal"
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


@pytest.mark.parametrize("statement", REFUSED)
def test_events_are_kept_as_written(statement):
    record(BellRang(number=1), actor=None)
    connection.check_constraints()
    restore_truncate_guards()
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        connection.cursor().execute(statement)
    assert EventRecord.objects.get().payload == {"number": 1}


def test_the_orm_is_refused_too():
    record(BellRang(number=1), actor=None)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        EventRecord.objects.get().delete()


def test_there_is_one_wake_up_row():
    with pytest.raises(DatabaseError, match="one_wake_up"), transaction.atomic():
        connection.cursor().execute("INSERT INTO activity_wakeup (id) VALUES (2)")
