"""EXPLAIN of what reads leaderboards: each page reads the few rows that it shows."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from community.models import Member
from reputation import leading
from reputation.leading import Part
from reputation.periods import Area, Period
from reputation.services import ranking
from tests.plans import explain, indexes_of, long_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("crowd")]
CROWD = """
INSERT INTO community_member (password, is_superuser, email, handle, display_name, language,
    time_zone, avatar, mails, trust_level, standing, is_active, is_staff)
SELECT '', false, 'm' || n || '@example.org', 'm_' || n, 'Member ' || n, 'en', 'UTC', '', false, 1,
       n % 1000, true, false
FROM generate_series(1, 11000) n;
INSERT INTO reputation_day (member_id, day, capped, free, points)
SELECT id, (now() AT TIME ZONE 'UTC')::date - back, 0, 1 + id % 1000, 1 + id % 1000
FROM community_member, (VALUES (0), (40), (400)) AS days (back);
-- Boards and tags as many as on a large site, so that lists are a long table.
INSERT INTO reputation_leaderboard (area, area_id, period, members, points, ranked_at)
SELECT 'tag', n, 'ever', 100, n, now() FROM generate_series(1, 11000) n;
INSERT INTO reputation_leader (leaderboard_id, position, rank, member_id, points)
SELECT board.id, place, place, member.id, 100
FROM reputation_leaderboard board, generate_series(1, 2) place, LATERAL (
    SELECT id FROM community_member ORDER BY id OFFSET place LIMIT 1
) AS member;
ANALYZE;
"""


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """Many members with points, and many lists, gone with the module's transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(CROWD)
        yield
        transaction.set_rollback(True)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        connection.close()


def plans_of(ask):
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [
        explain(query["sql"], None)
        for query in captured.captured_queries
        if query["sql"].startswith("SELECT")
    ]


def scanned(plans):
    long = long_tables()
    assert {"community_member", "reputation_leader", "reputation_leaderboard"} <= long
    return {
        node["Relation Name"]
        for plan in plans
        for node in plan
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in long
    }


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("period", [Period.WEEK, Period.EVER])
def test_a_list_is_read_by_its_key(signed_in, period):
    viewer = Member.objects.get(handle="m_500") if signed_in else None
    part = Part(Area.TAG, 77, "tag", "tag")
    plans = plans_of(lambda: leading.read(part, period, viewer))
    assert scanned(plans) == set()
    if period == Period.EVER:
        assert "one_leaderboard_each" in indexes_of(plans)


def test_who_is_far_behind_is_told_their_points_by_their_own_days():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM reputation_leader; DELETE FROM reputation_leaderboard"
                " WHERE area = 'tag'; "
            )
        ranking.rank()
        viewer = Member.objects.get(handle="m_1")
        shown = leading.read(Part(), Period.WEEK, viewer)
        assert (shown.listed.you.rank, shown.listed.you.points) == (None, 1 + viewer.pk % 1000)
        assert shown.listed.members == 11_000
        assert len(shown.listed.leaders) == 100
        transaction.set_rollback(True)


def test_the_busiest_tags_are_found_by_their_index():
    plans = plans_of(leading.busiest_tags)
    assert scanned(plans) == set()
    assert "leaderboard_busiest" in indexes_of(plans)


def test_the_archive_is_read_in_its_order():
    plans = plans_of(lambda: leading.past(Period.WEEK, None, ""))
    assert scanned(plans) == set()
    assert "one_leaderboard_each" in indexes_of(plans)
