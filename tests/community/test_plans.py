"""EXPLAIN of what lists people: each reads its index, whatever the size of the site."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from community import circle
from community.directory import Wanted, people
from community.models import Friend, Member
from community.suggesting import suggestions
from tests.plans import explain, indexes_of, long_tables, sorted_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("crowd")]

MEMBERS = 11_000
# What waits to be filed into an index makes it dearer, and when that is done is up to chance.
FILE = """
SELECT gin_clean_pending_list('member_name_trigrams'),
       gin_clean_pending_list('profile_location_trigrams')
"""
CROWD = f"""
INSERT INTO community_member (password, is_superuser, email, handle, display_name, language,
    time_zone, avatar, mails, trust_level, standing, is_active, is_staff)
SELECT '', false, 'm' || n || '@example.org', 'm_' || n,
       initcap(substr(md5(n::text), 1, 5)) || ' ' || initcap(substr(md5((n * 7)::text), 1, 7)),
       'en', 'UTC', '', false, 1, 0, true, false
FROM generate_series(1, {MEMBERS}) n;
ANALYZE community_member;
UPDATE community_profile SET location = 'Town ' || substr(md5(member_id::text), 1, 6);
INSERT INTO community_friendship
    (lo_id, hi_id, state, requested_by_id, requested_of_id, requested_at, answered_at)
SELECT a.id, b.id, CASE WHEN step = 3 THEN 'pending' ELSE 'friends' END, a.id, b.id,
       now() - make_interval(mins => step), CASE WHEN step < 3 THEN now() END
FROM community_member a CROSS JOIN generate_series(1, 3) step
JOIN community_member b ON b.id = a.id + step * step * 3
WHERE a.handle LIKE 'm\\_%%';
ANALYZE community_member; ANALYZE community_profile; ANALYZE community_friend;
ANALYZE community_friendship;
{FILE}
"""


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """Many members with many friends, gone with the module's transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(CROWD.replace("%%", "%"))
        yield
        transaction.set_rollback(True)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        connection.close()


@pytest.fixture
def viewer(crowd):
    return Member.objects.get(handle="m_5000")


def plans_of(ask, *, besides=()):
    """The plans of all statements that something takes, and no sequential scan of a long table
    but for those `besides`."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    plans = [
        explain(query["sql"], None)
        for query in captured.captured_queries
        if query["sql"].lstrip().startswith(("SELECT", "WITH"))
    ]
    long = long_tables()
    assert {"community_member", "community_friend", "community_friendship"} <= long
    scanned = [
        node["Relation Name"]
        for plan in plans
        for node in plan
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in long
    ]
    assert plans
    assert set(scanned) <= set(besides)
    return plans


@pytest.fixture
def found_by():
    """`found_by(level, every)`: each so-many-th member lets themselves be found so widely."""

    def choose(level, every):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE community_profile SET found_for = %s WHERE member_id %% %s = 0",
                [level, every],
            )
            cursor.execute("ANALYZE community_profile")
            cursor.execute(FILE)

    return choose


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_directory_reads_names_in_their_order(viewer, found_by, signed_in):
    found_by(0, 2)
    who, cursor = viewer if signed_in else None, ""
    for _page in range(3):
        wanted = Wanted(cursor=cursor)
        plans = plans_of(lambda wanted=wanted: people(wanted, who))
        assert "member_by_name" in indexes_of(plans)
        assert not [node for node in sorted_rows(plans) if node["Node Type"] == "Sort"]
        cursor = people(wanted, who).next
        assert cursor


def test_the_few_whom_visitors_may_find_are_found_by_their_index(found_by):
    found_by(0, 500)
    plans = plans_of(lambda: people(Wanted(), None))
    assert "profile_found_by_all" in indexes_of(plans)


def test_names_are_found_by_their_letters(viewer):
    name = viewer.display_name.split()[0]
    plans = plans_of(lambda: people(Wanted(name=name), viewer))
    assert "member_name_trigrams" in indexes_of(plans)


def test_a_place_is_found_by_its_letters(viewer):
    # PostgreSQL takes one in a hundred to be near, whatever is asked for; of so few members it may
    # as well read all as look up those.
    here = Wanted(place=viewer.profile.location)
    plans = plans_of(lambda: people(here, viewer), besides=["community_member"])
    assert "profile_location_trigrams" in indexes_of(plans)


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda viewer: circle.friends_of(viewer, viewer), {"friend_newest", "a_friend_once"}),
        (circle.requests_received, {"friendship_received"}),
        (circle.requests_sent, {"friendship_sent"}),
        (circle.waiting_count, {"friendship_received"}),
    ],
    ids=["friends", "received", "sent", "waiting"],
)
def test_one_s_own_lists_read_their_index(viewer, read, index):
    assert index & indexes_of(plans_of(lambda: read(viewer)))


def test_friends_in_common_are_found_from_the_viewer_s_side(viewer):
    other = Friend.objects.filter(member=viewer).first().friend
    other = Member.objects.seen_by(viewer).get(pk=other.pk)
    plans_of(lambda: circle.mutual(viewer, other))


def test_suggestions_walk_the_friends_of_friends(viewer):
    found = suggestions(viewer)
    assert found
    plans_of(lambda: suggestions(viewer))
