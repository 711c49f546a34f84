"""Lists end, miss nothing and repeat nothing, whatever stands in the cursor."""

import base64
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ideas.models import IdeaTally
from ideas.ordering import FEW, ORDERS, Place
from tests.factories.ideas import BoardFactory, IdeaFactory

pytestmark = pytest.mark.django_db

LIST = "/api/v1/ideas/"


@pytest.fixture
def many(board):
    """Ideas with every kind of tie: no support, the same support, the same moment."""
    now = timezone.now()
    ideas = IdeaFactory.create_batch(17, board=board)
    ideas += IdeaFactory.create_batch(2, board=BoardFactory(), opened_at=now)
    for place, idea in enumerate(ideas):
        IdeaTally.objects.filter(pk=idea.pk).update(
            supports=place % 4,
            hot=float("-inf") if place % 4 == 0 else 100.1 + place % 4,
            opened_at=now - timedelta(days=place % 5),
            shuffle=place % 6 / 6,
        )
    return ideas


def walk(api, query):
    address, ids = f"{LIST}?{query}", []
    while address:
        page = api.get(address).json()
        assert 0 < len(page["results"]) <= 4
        ids += [idea["id"] for idea in page["results"]]
        address = page["next"]
    return ids


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_reaches_everything_once(api, many, order):
    everything = [idea.pk for idea in many]
    assert sorted(walk(api, f"limit=4&order={order}")) == everything
    assert sorted(walk(api, f"limit=4&order={order}&status=open")) == everything
    assert sorted(walk(api, f"limit=4&order={order}&board=charging")) == everything[:17]


def test_pages_follow_the_order(api, many):
    keys = {"hot": "hot", "top": "supports", "new": "opened_at"}
    for order, field in keys.items():
        sorted_ids = IdeaTally.objects.order_by(f"-{field}", "-idea_id")
        assert walk(api, f"limit=4&order={order}") == list(sorted_ids.values_list("pk", flat=True))


def test_an_idea_with_enough_supporters_needs_none(api, many):
    IdeaTally.objects.filter(pk=many[0].pk).update(supports=FEW)
    assert many[0].pk not in walk(api, "limit=4&order=needs-support")


def test_a_search_reaches_everything_once(api, many):
    ids = walk(api, "limit=4&q=lamp")
    assert sorted(ids) == [idea.pk for idea in many]


def test_the_next_page_keeps_the_question(api, many):
    address = api.get(f"{LIST}?limit=4&order=top&board=charging").json()["next"]
    assert address.startswith(f"http://testserver{LIST}?")
    assert {"limit=4", "order=top", "board=charging"} < set(address.split("?")[1].split("&"))


def cursor_of(content):
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


FORGED = [
    "x",
    "%ff%fe",
    "ÄÖÜ",
    "AAAA",
    cursor_of("null"),
    cursor_of("[1, 2]"),
    cursor_of("[" * 2000),
    cursor_of('["soon", 1, 0]'),
    cursor_of("[[], 1, 0]"),
    cursor_of("[{}, 1, 0]"),
    cursor_of("[NaN, 1, 0]"),
    cursor_of("[1, -1, 0]"),
    cursor_of("[1, 0, 0]"),
    cursor_of("[1, 1e999, 0]"),
    cursor_of(f"[1, {2**63}, 0]"),
    cursor_of("[1, 1, 7]"),
    cursor_of('["\\u0000", 1, 0]'),
]


@pytest.mark.parametrize("asked", [*(f"order={order}" for order in ORDERS), "q=lamp"])
def test_forged_cursors_are_refused(api, asked):
    for cursor in FORGED:
        answer = api.get(f"{LIST}?{asked}&{urlencode({'cursor': cursor})}")
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor"), cursor


@pytest.mark.parametrize("order", ["hot", "top", "new"])
def test_a_cursor_of_another_order_is_refused(api, order):
    key = {"hot": "soon", "top": 1e300, "new": 3}[order]
    answer = api.get(LIST, {"order": order, "cursor": Place(key, 1).encode()})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=3,
)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    key=json_values
    | st.integers(-(2**70), 2**70)
    | st.datetimes(timezones=st.timezones()).map(str)
    | st.just("0001-01-01T00:00:00+23:59"),
    number=st.integers(-1, 2**64) | json_values,
    lap=st.sampled_from([0, 1, 2, 1e999, "1"]),
    address=st.sampled_from(
        [*(f"{LIST}?order={order}" for order in ORDERS), f"{LIST}?q=lamp", "comments", "revisions"]
    ),
)
def test_no_cursor_breaks_anything(api, idea, key, number, lap, address):
    if address in ("comments", "revisions"):
        address = f"{LIST}{idea.pk}/{address}/?"
    cursor = cursor_of(json.dumps([key, number, lap]))
    cache.clear()
    answer = api.get(f"{address}&cursor={cursor}")
    assert answer.status_code in (200, 400), answer.content
