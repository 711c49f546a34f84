"""Who has a badge is read page by page, by its index, however many there are."""

import pytest

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
def test_a_page_reads_no_more_than_it_may():
    badge = BY_SLUG["good-point"]
    for cursor in ("", holders(badge, None).next):
        plans = plans_of(lambda cursor=cursor: holders(badge, None, cursor))
        assert "holding_newest" in indexes_of(plans)
