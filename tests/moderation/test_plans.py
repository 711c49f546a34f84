"""With twenty thousand cases behind it, no list reads them all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation.models import Case
from tests.factories.ideas import IdeaFactory
from tests.plans import explain, indexes_of, sorted_rows
from tests.sql import sql

pytestmark = pytest.mark.django_db
FILL = """
    INSERT INTO moderation_case (kind, idea_id, author_id, source, title, text, language, version,
        written_at, state, score, opened_at, due_at, decided_at)
    SELECT 'idea', %s, %s, 'SOURCE_VOLUNTARY', 'x', 'x', 'en', 1, now(), 'decided', 0, now(),
        now() - interval '1 minute' * n, now() - interval '1 minute' * n
    FROM generate_series(1, 20000) AS n
"""


@pytest.fixture
def many(report, member, board, idea, author):
    for _ in range(3):
        report(member, IdeaFactory(board=board))
    sql(FILL, idea.pk, author.pk)
    sql("ANALYZE moderation_case")


def plans_of(query):
    with CaptureQueriesContext(connection) as captured:
        list(query)
    return [explain(query["sql"], None) for query in captured.captured_queries]


def scanned(query):
    """Tables that are read from end to end."""
    return {
        node["Relation Name"]
        for plan in plans_of(query)
        for node in plan
        if node["Node Type"] == "Seq Scan"
    }


@pytest.mark.parametrize(
    "ask",
    [
        lambda cases, _who: cases.running().order_by("due_at", "id")[:100],
        lambda cases, who: cases.running().filter(author=who).order_by("due_at")[:20],
        lambda cases, _who: cases.filter(state="decided").order_by("-decided_at", "-id")[:100],
    ],
    ids=["the queue", "what else runs about an author", "what was decided"],
)
@pytest.mark.usefixtures("many")
def test_no_list_reads_all_cases(ask, author):
    assert "moderation_case" not in scanned(ask(Case.objects, author))


@pytest.mark.usefixtures("many")
def test_what_was_decided_is_read_in_order():
    rows = Case.objects.filter(state="decided").order_by("-decided_at", "-id")[:100]
    plans = plans_of(rows)
    assert indexes_of(plans) == {"case_decided"}
    assert sorted_rows(plans) == []


@pytest.mark.usefixtures("many")
def test_whether_a_thing_has_a_running_case_takes_its_index(idea):
    plans = plans_of(Case.objects.running().of(idea, "idea"))
    assert indexes_of(plans) & {"one_case_of_idea", "case_of_idea"}
