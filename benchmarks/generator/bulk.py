"""Filling tables fast: COPY, without triggers, foreign keys and indexes until all rows are in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from psycopg import Connection, Cursor, sql

Rows = Connection[tuple[object, ...]]
BLOCK = 2_000

_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid = %s::regclass
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
_UNIQUE = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype = 'u'
"""
_SEQUENCES = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND is_identity = 'YES'
"""


def hasten(connection: Rows) -> None:
    """Make this session one for loading: no triggers, no foreign keys, no waiting for the disk."""
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET synchronous_commit = off")
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute("SET work_mem = '256MB'")
    connection.execute("SET max_parallel_maintenance_workers = 2")


def copy(connection: Rows, table: str, columns: str, lines: Iterable[str]) -> None:
    """Send lines of PostgreSQL's text format."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as out:
        block: list[str] = []
        for line in lines:
            block.append(line)
            if len(block) == BLOCK:
                out.write("".join(block))
                block.clear()
        out.write("".join(block))


@contextmanager
def without_indexes(connection: Rows, tables: Iterable[str]) -> Iterator[None]:
    """Drop what can be made faster afterwards, and make it again."""
    again: list[str] = []
    with connection.cursor() as cursor:
        for table in tables:
            again += _drop(cursor, table)
    connection.commit()
    yield
    for statement in again:
        connection.execute(statement)
        connection.commit()


def _drop(cursor: Cursor[tuple[object, ...]], table: str) -> list[str]:
    again = []
    for name, definition in cursor.execute(_INDEXES, [table]).fetchall():
        cursor.execute(f"DROP INDEX {name}")
        again.append(str(definition))
    for name, definition in cursor.execute(_UNIQUE, [table]).fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    return again


def number_on(connection: Rows) -> None:
    """Let new rows be numbered behind the ones that brought their numbers."""
    for table, column in connection.execute(_SEQUENCES).fetchall():
        statement = sql.SQL(
            "SELECT setval(pg_get_serial_sequence({0}, {1}), coalesce(max({2}), 0) + 1, false) "
            "FROM {3}"
        ).format(str(table), str(column), sql.Identifier(str(column)), sql.Identifier(str(table)))
        connection.execute(statement)
