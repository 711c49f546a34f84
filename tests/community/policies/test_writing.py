"""How many links to other sites a text may have."""

import pytest

from community import markdown
from community.policies.writing import can_link
from tests.factories.community import MemberFactory, TeamMembershipFactory

pytestmark = pytest.mark.django_db


def text_with(links):
    return "See " + " ".join(f"https://example.org/{number}" for number in range(links))


@pytest.fixture
def beginner(db):
    """May link twice."""
    return MemberFactory(trust_level=0)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", 0),
        ("[one](https://example.org) and <https://example.org>", 2),
        ("https://example.org, https://example.org", 2),
        ("[a picture](https://example.org/1) ![another](https://example.org/2.png)", 2),
        ("`https://example.org`", 0),
        ("@mara [here](/ideas/2/) [there](#comments) <a@example.org>", 0),
    ],
)
def test_what_is_a_link(text, links):
    assert markdown.links(text) == links


def test_the_site_is_not_elsewhere(settings):
    assert markdown.links(f"{settings.SITE_URL}/ideas/1/") == 0


def test_as_many_as_the_level_allows(beginner):
    assert can_link(beginner, text_with(2))
    verdict = can_link(beginner, text_with(3))
    assert verdict.code == "too_many_links"
    assert verdict.reason == (
        "A text of yours may have 2 links to other sites. "
        "From trust level 1 (Member) on it is 10."
    )  # fmt: skip


def test_an_edit_may_keep_what_there_was(beginner):
    assert can_link(beginner, text_with(5), before=text_with(5))
    assert not can_link(beginner, text_with(6), before=text_with(5))


def test_whoever_speaks_for_the_company_is_not_counted():
    assert can_link(TeamMembershipFactory(member__trust_level=0).member, text_with(3))
    assert can_link(MemberFactory(trust_level=0, is_staff=True), text_with(3))
