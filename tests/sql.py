"""Straight to the database, past services and forms."""

import pytest
from django.db import DatabaseError, connection, transaction


def sql(statement, *values):
    """Run a statement and check at once what would be checked at commit; its rows, if any."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall() if cursor.description else []
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        return rows


def refused(why):
    """The database says no, and names the rule."""
    return pytest.raises(DatabaseError, match=why)


def guard_truncate():
    """Tests live without these triggers (see conftest); in this transaction they are back."""
    guards = sql(
        "SELECT format('ALTER TABLE %%s ENABLE TRIGGER %%I', tgrelid::regclass, tgname)"
        " FROM pg_trigger WHERE tgtype & 32 <> 0 AND NOT tgisinternal"
    )
    for (statement,) in guards:
        sql(statement)
