"""Points and rules for programs."""

import pytest

from ideas.services.supporting import give_support, withdraw_support
from reputation import explaining
from tests.factories.community import secret_of
from tests.factories.ideas import supported

pytestmark = pytest.mark.django_db

V1 = "/api/v1/"


@pytest.fixture
def as_ada(api, author):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(author, 'read')}")
    return api


def test_ones_points(as_ada, idea, supporter, deliver):
    give_support(idea=idea, member=supporter)
    withdraw_support(idea=idea, member=supporter)
    deliver()
    back, given = as_ada.get(f"{V1}me/points/").json()["results"]
    assert (given["points"], given["kind"], given["cause"]) == (10, "supported", "earned")
    assert given["sentence"] == "A member supported your idea “Charge at night”"
    assert (back["points"], back["reverses"], back["rules"]) == (-10, given["id"], 1)
    assert back["sentence"].endswith("(taken back)")


def test_filters_and_pages(as_ada, idea, deliver, monkeypatch):
    monkeypatch.setattr(explaining, "PAGE", 2)
    supported(idea, 3)
    deliver()
    first = as_ada.get(f"{V1}me/points/", {"kind": "supported", "period": "7"}).json()
    assert len(first["results"]) == 2
    rest = as_ada.get(first["next"]).json()
    assert (len(rest["results"]), rest["next"]) == (1, None)
    assert as_ada.get(f"{V1}me/points/", {"kind": "shipped"}).json()["results"] == []
    assert as_ada.get(f"{V1}me/points/", {"kind": "nonsense"}).status_code == 400
    assert as_ada.get(f"{V1}me/points/", {"cursor": "x"}).status_code == 400


def test_points_are_ones_own(api):
    assert api.get(f"{V1}me/points/").status_code == 401


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(as_ada, idea, rows, deliver, django_assert_num_queries):
    supported(idea, rows)
    deliver()
    with django_assert_num_queries(7):
        as_ada.get(f"{V1}me/points/")


def test_the_rules(api):
    [book] = api.get(f"{V1}reputation/rules/").json()
    assert (book["version"], book["daily_cap"]) == (1, 100)
    assert {"kind": "supported", "points": 10, "capped": True} in book["rules"]
    assert {"kind": "shipped", "points": 50, "capped": False} in book["rules"]
