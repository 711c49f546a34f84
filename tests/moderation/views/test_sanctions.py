from datetime import timedelta

import pytest

from moderation.services import lift_sanction
from tests.moderation.services.test_sanctioning import clause as clause
from tests.moderation.services.test_sanctioning import imposed as imposed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_who_was_never_warned_reads_that(as_member):
    assert "never warned or suspended" in as_member.get("/sanctions/").content.decode()


def test_each_is_shown_with_its_rule_reason_and_end(as_member, imposed, admin_member, moderator):
    imposed(lasts=DAY)
    warning = imposed("warning", reason="You sold candles.")
    lift_sanction(sanction=warning, by=admin_member, reason="They were a gift.")
    page = as_member.get("/sanctions/").content.decode()
    for words in ("You sold lamps.", "Rule on spam", "You sold candles.", "They were a gift."):
        assert words in page
    assert "#spam" in page
    assert moderator.display_name not in page


def test_everybody_sees_their_own(as_member, imposed, stranger, signed_in):
    imposed(lasts=DAY)
    assert "You sold lamps." not in signed_in(stranger).get("/sanctions/").content.decode()


def test_it_costs_the_same_for_one_and_three(as_member, imposed, django_assert_num_queries):
    imposed("warning")
    as_member.get("/sanctions/")
    with django_assert_num_queries(4):
        as_member.get("/sanctions/")
    imposed("warning")
    imposed(lasts=DAY)
    with django_assert_num_queries(4):
        as_member.get("/sanctions/")
