"""Badges for programs: the reads of the pages."""

import pytest

from community import services as people
from community.models.sight import Visibility
from reputation import collection
from reputation.kinds import Kind
from reputation.services import award_all
from tests.factories.community import MemberFactory
from tests.factories.reputation import ground

pytestmark = pytest.mark.django_db

V1 = "/api/v1/"
HOLDERS = f"{V1}badges/made-real/members/"


def found(member):
    member.profile.found_for = Visibility.EVERYONE
    member.profile.save()
    return member


@pytest.fixture
def shipped(idea, author):
    found(author)
    ground(author, Kind.SHIPPED, number=idea.pk)
    award_all()


def test_all_badges(api, shipped):
    rows = api.get(f"{V1}badges/").json()
    assert len(rows) == 30
    assert rows[0] == {
        "badge": {
            "slug": "made-real", "grade": "gold", "name": "Made real",
            "what": "From a sentence to something that is there.",
            "how": "An idea of yours is shipped.", "repeatable": True,
            "url": "http://testserver/badges/made-real/",
        },
        "members": 1, "awards": 1,
    }  # fmt: skip
    assert rows[-1]["badge"]["grade"] == "bronze"


def test_who_has_one(api, shipped, idea):
    [row] = api.get(HOLDERS).json()["results"]
    assert (row["member"]["handle"], row["times"]) == ("ada", 1)
    assert row["latest_for"] == {
        "title": "Charge at night", "url": f"http://testserver{idea.get_absolute_url()}",
    }  # fmt: skip
    assert api.get(f"{V1}badges/nothing/members/").status_code == 404


def test_pages_follow_each_other(api, monkeypatch):
    monkeypatch.setattr(collection, "PAGE", 2)
    for number in range(3):
        ground(found(MemberFactory()), Kind.SHIPPED, number=number + 1)
    award_all()
    first = api.get(HOLDERS).json()
    assert len(first["results"]) == 2
    rest = api.get(first["next"]).json()
    assert (len(rest["results"]), rest["next"]) == (1, None)
    assert api.get(HOLDERS, {"cursor": "x"}).status_code == 400


def test_the_badges_of_a_member(api, shipped, author, member):
    address = f"{V1}members/ada/badges/"
    [row] = api.get(address).json()
    assert (row["badge"]["slug"], row["times"]) == ("made-real", 1)
    api.force_authenticate(member)
    people.block(member=member, other=author)
    assert api.get(address).json() == []
    people.unblock(member=member, other=author)
    people.block(member=author, other=member)
    assert api.get(address).status_code == 404
    assert api.get(HOLDERS).json()["results"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(api, idea, rows, django_assert_num_queries):
    for number in range(rows):
        ground(found(MemberFactory()), Kind.SHIPPED, number=idea.pk + number)
    award_all()
    with django_assert_num_queries(3):
        api.get(HOLDERS)
