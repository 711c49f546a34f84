"""A large site, and EXPLAIN of what is asked of it."""

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.generator import fill_quietly
from benchmarks.generator.sizes import Size

# Reading this many rows from end to end is what must not happen.
MANY = 10_000
SITE = Size("plans", 15_000, 15_000, 11_000, 11_000, 60, 0, words=8, topics=1)


@pytest.fixture(scope="module")
def large_site(django_db_setup, django_db_blocker):
    """15,000 ideas, gone with the module's transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        connection.ensure_connection()
        fill_quietly(connection.connection, SITE)
        yield
        transaction.set_rollback(True)
    # Rows that are gone, and statistics of them, would mislead the planner in other tests.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        connection.close()


def nodes(plan):
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def explain(query, params):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}", params)
        answer = cursor.fetchone()[0]
    (whole,) = json.loads(answer) if isinstance(answer, str) else answer
    return list(nodes(whole["Plan"]))


def long_tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [MANY]
        )
        return {name for (name,) in cursor.fetchall()}


def plans_of(ask):
    """The plans of all statements that something takes, and no sequential scan of a long table."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    plans = [
        explain(query["sql"], None)
        for query in captured.captured_queries
        # A union begins with a bracket.
        if query["sql"].lstrip("( \n").startswith(("SELECT", "WITH"))
    ]
    long = long_tables()
    assert "ideas_idea" in long
    scanned = [
        node["Relation Name"]
        for plan in plans
        for node in plan
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in long
    ]
    assert not scanned
    return plans


def indexes_of(plans):
    return {node["Index Name"] for plan in plans for node in plan if "Index Name" in node}


def sorted_rows(plans):
    """Nodes that read rows only to sort them."""
    # A subplan sorts what belongs to one row, such as the names of those who wrote it.
    return [
        node
        for plan in plans
        for node in plan
        if "Sort" in node["Node Type"] and node.get("Parent Relationship") != "SubPlan"
    ]
