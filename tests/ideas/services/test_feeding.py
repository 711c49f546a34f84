"""The secret address of a feed. Visits: tests/ideas/views/test_feed.py."""

import pytest

from ideas.models import FeedReader
from ideas.services import feeding

pytestmark = pytest.mark.django_db


def test_a_secret_leads_to_its_member_until_it_ends(member):
    secret = feeding.make_address(member=member)
    assert feeding.reader_of(secret) == member
    assert feeding.state_of(member) == FeedReader.objects.get()
    feeding.revoke_address(member=member)
    assert feeding.reader_of(secret) is None
    assert feeding.state_of(member) is None


@pytest.mark.parametrize("secret", ["", "nonsense", "\ud800"])
def test_anything_else_leads_nowhere(member, secret):
    feeding.make_address(member=member)
    assert feeding.reader_of(secret) is None
