import re
from html import unescape

import pytest

from community.models import SiteSettings


@pytest.fixture(autouse=True)
def _site_is_known(db):
    """Asked once in a while by each process."""
    SiteSettings.objects.current()


@pytest.fixture
def as_author(signed_in, author):
    return signed_in(author)


@pytest.fixture
def as_stranger(signed_in, stranger):
    return signed_in(stranger)


@pytest.fixture
def as_team(signed_in, team_member):
    return signed_in(team_member)


def words(response):
    """An answer as a reader meets it, on one line."""
    text = unescape(re.sub(r"<[^>]+>", "", response.content.decode()))
    return " ".join(text.split())


def topics_of(response):
    """The topics of a list, by id, in order."""
    found = re.findall(r'class="topic-row" id="topic-(\d+)"', response.content.decode())
    return [int(pk) for pk in found]


def replies_of(response):
    """The replies of a page, by id, in order."""
    return [int(pk) for pk in re.findall(r'id="reply-(\d+)"', response.content.decode())]
