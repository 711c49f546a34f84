"""Leaderboards for programs."""

import pytest

from community import services
from community.models.sight import Visibility
from tests.factories.community import MemberFactory, secret_of
from tests.factories.reputation import leads
from tests.reputation.views.test_leaderboards import on_board

pytestmark = pytest.mark.django_db
V1 = "/api/v1/leaderboard/"


@pytest.fixture
def leaders(member, stranger):
    leads(member, 30)
    leads(stranger, 20)


def named(answer):
    return [(row["rank"], row["member"]["handle"], row["points"]) for row in answer["results"]]


def test_this_week(api, leaders):
    answer = api.get(V1).json()
    assert named(answer) == [(1, "mara", 30), (2, "tom", 20)]
    assert (answer["period"], answer["members"], answer["you"]) == ("week", 2, None)
    assert (answer["board"], answer["tag"]) == (None, None)
    assert answer["starts_on"] < answer["ends_on"]
    assert answer["ranked_at"]


def test_where_one_stands(api, leaders, stranger):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(stranger, 'read')}")
    assert api.get(V1).json()["you"] == {"rank": 2, "points": 20}
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(MemberFactory(), 'read')}")
    assert api.get(V1, {"period": "ever"}).json()["you"] == {"rank": None, "points": 0}


def test_who_opts_out_is_gone_at_once(api, leaders, member):
    services.choose_visibility(member=member, choices={"ranked": Visibility.ME})
    assert named(api.get(V1).json()) == [(2, "tom", 20)]
    assert named(api.get(V1, {"newcomers": "true"}).json()) == [(2, "tom", 40)]
    assert named(api.get(f"{V1}past/").json()["results"][0]) == [(2, "tom", 20)]


def test_the_setting_itself(api, member):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(member, 'write', 'read')}")
    answer = api.patch("/api/v1/me/profile/", {"visibility": {"ranked": "friends"}}, format="json")
    assert answer.json()["visibility"]["ranked"] == "friends"


def test_boards_tags_and_newcomers(api, board, member):
    on_board(board, member, 2, tag="night")
    of_board = api.get(V1, {"board": "charging", "period": "year"}).json()
    assert (named(of_board), of_board["board"]) == ([(1, "mara", 20)], "charging")
    of_tag = api.get(V1, {"tag": "night", "newcomers": "true"}).json()
    assert (named(of_tag), of_tag["tag"]) == ([(1, "mara", 20)], "night")
    assert of_tag["period"] == "newcomers"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?period=decade", 400), ("?period=newcomers", 400), ("?board=nowhere", 404),
        ("?tag=nothing", 404), ("?board=charging&tag=night", 400),
        ("?newcomers=true&period=week", 400), ("?newcomers=true&period=ever", 200),
        ("?tag=%00", 400), ("past/?period=ever", 400), ("past/?cursor=x", 400),
        ("past/?period=month", 200),
    ],
)  # fmt: skip
def test_what_can_be_asked_for(api, board, query, status):
    assert api.get(f"{V1}{query}").status_code == status


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same(api, board, rows, django_assert_num_queries):
    for one in MemberFactory.create_batch(rows):
        leads(one)
        on_board(board, one, 1)
    for query, queries in (("", 2), ("?board=charging", 3), ("past/", 2)):
        with django_assert_num_queries(queries):
            assert api.get(f"{V1}{query}").status_code == 200
