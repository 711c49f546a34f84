"""Who has a badge is read page by page, by its index, however many there are."""

import pytest

from community.models import Member
from reputation.badges import BY_SLUG
from reputation.collection import holders
from tests.plans import indexes_of, plans_of
from tests.sql import sql

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("large_site")]

EVERYBODY = """
    INSERT INTO reputation_holding (member_id, badge, times, thing, thing_id, latest_at)
    SELECT id, 'good-point', 1, '', 0, now() - id * interval '1 minute' FROM community_member
"""


@pytest.fixture
def _everybody_has_it():
    sql(EVERYBODY)
    sql("ANALYZE reputation_holding")


@pytest.mark.usefixtures("_everybody_has_it")
@pytest.mark.parametrize("somebody", [False, True])
def test_a_page_reads_no_more_than_it_shows(somebody):
    viewer = Member.objects.order_by("pk").first() if somebody else None
    first = holders(BY_SLUG["good-point"], viewer)
    for cursor in ("", first.next):
        plans = plans_of(lambda cursor=cursor: holders(BY_SLUG["good-point"], viewer, cursor))
        assert "holding_newest" in indexes_of(plans)
