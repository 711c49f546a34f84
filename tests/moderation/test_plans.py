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


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda cases, _who: cases.running().order_by("due_at", "id")[:100], "case_queue"),
        (lambda cases, who: cases.filter(author=who).order_by("-id")[:20], "case_by_author"),
        (
            lambda cases, _who: cases.filter(state="decided").order_by("-decided_at", "-id")[:100],
            "case_decided",
        ),
    ],
    ids=["the queue", "an author's record", "what was decided"],
)
@pytest.mark.usefixtures("many")
def test_each_list_has_its_index(ask, index, author):
    plans = plans_of(ask(Case.objects, author))
    assert index in indexes_of(plans)
    assert sorted_rows(plans) == []


@pytest.mark.usefixtures("many")
def test_whether_a_thing_has_a_running_case_takes_its_index(idea):
    plans = plans_of(Case.objects.running().of(idea, "idea"))
    assert indexes_of(plans) & {"one_case_of_idea", "case_of_idea"}
