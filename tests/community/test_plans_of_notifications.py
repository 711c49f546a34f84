"""EXPLAIN of what reads notifications: each uses its index, however many others were told."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community import told
from community.models import Digest, Notification
from community.services import digests
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db

# Each of a hundred members was told of 300 things; every tenth of them is unread.
FILL = """
    INSERT INTO community_notification
        (member_id, event_id, kind, topic, subject, excerpt, url, created_at, read_at)
    SELECT member.id, number, 'ideas.commented', 'idea:' || number, 'A lamp', '', '/ideas/1/',
           now(), CASE WHEN mod(number, 10) > 0 THEN now() END
    FROM community_member member CROSS JOIN generate_series(1, 300) AS number
"""


@pytest.fixture
def reader():
    crowd = MemberFactory.create_batch(100)
    with connection.cursor() as cursor:
        cursor.execute(FILL)
        cursor.execute("ANALYZE community_notification")
        cursor.execute("ANALYZE community_member")
    return crowd[50]


def plans_of(deed):
    """What PostgreSQL does for each statement of a deed: nodes, with the tables that they read."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    for query in captured.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (FORMAT JSON) " + query["sql"])
            answer = cursor.fetchone()[0]
        (whole,) = json.loads(answer) if isinstance(answer, str) else answer
        yield list(nodes(whole["Plan"]))


def nodes(plan):
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({}, "notification_newest"),
        ({"before": 150}, "notification_newest"),
        ({"group": "comments"}, "notification_newest"),
        ({"unread": True}, "notification_"),
    ],
)
def test_a_page_is_read_along_an_index(reader, asked, index):
    if "before" in asked:
        place = Notification.objects.of(reader).order_by("-id")[asked["before"]]
        asked = {"before": place.pk}
    (plan,) = plans_of(lambda: told.page_of(reader, told.Wanted(**asked)))
    read = [node for node in plan if node.get("Relation Name") == "community_notification"]
    read += [node for node in plan if "Bitmap Index" in node["Node Type"]]
    assert all(node["Node Type"] != "Seq Scan" for node in read)
    assert any(node.get("Index Name", "").startswith(index) for node in read)


def test_the_bell_counts_along_an_index(reader):
    (plan,) = plans_of(lambda: told.unread_of(reader))
    assert {node.get("Index Name") for node in plan} & {"notification_unread"}


def test_who_waits_for_a_digest_is_found_along_an_index(reader):
    plans = list(plans_of(lambda: digests.make_due()))
    assert not Digest.objects.exists()
    names = {node.get("Index Name") for plan in plans for node in plan}
    assert "notification_for_digest" in names
