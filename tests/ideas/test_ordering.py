"""The four orders, and places in them that travel in addresses."""

import base64
import json
import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.cursors import BadCursor
from ideas.models import Idea
from ideas.ordering import HOT, NEEDS_SUPPORT, NEW, ORDERS, TOP, Place, start_of

keys = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.just(-math.inf),
    st.integers(0, 2**31 - 1),
    st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
)


def word(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_there_are_four_and_each_says_how_it_sorts():
    assert list(ORDERS) == ["hot", "top", "new", "needs-support"]
    assert all(str(order.line).endswith(".") for order in ORDERS.values())


@given(
    keys,
    st.integers(1, 2**63 - 1),
    st.integers(0, 1),
    st.none() | st.floats(0, 1, exclude_max=True),
)
def test_a_place_survives_the_address(key, id_, lap, start):
    place = Place(key, id_, lap, start)
    assert Place.decode(place.encode()) == place
    assert place.encode().replace("-", "").replace("_", "").isalnum()


FORGED = [
    "",
    "!",
    "ä",
    "AAAA",
    word("not json"),
    word("[" * 100_000),
    word([1]),
    word([1.0, 2, 0, 0.5, 0.5]),
    word([1.0, 2, 0, 1]),
    word([1.0, 2, 0, -0.1]),
    word([1.0, 2, 0, None]),
    word("[1.0, 2, 0, NaN]"),
    word({"key": 1}),
    word([1.0, 0, 0]),
    word([1.0, -1, 0]),
    word([1.0, 2**63, 0]),
    word([1.0, 1, 2]),
    word([1.0, "one", 0]),
    word([1.0, None, 0]),
    word("[1.0, 1e999, 0]"),
    word("[1.0, NaN, 0]"),
    word("[1.0, Infinity, 0]"),
    "A" * 10_001,
]


@pytest.mark.parametrize("forged", FORGED, ids=lambda forged: forged[:20])
def test_a_forged_place_is_refused(forged):
    with pytest.raises(BadCursor):
        Place.decode(forged)


@given(st.text(max_size=40))
def test_whatever_stands_in_the_address_is_a_place_or_refused(text):
    try:
        Place.decode(text)
    except BadCursor:
        return


STRANGE = {
    HOT: ["x", None, [], {}, "nan", math.nan, "2026-06-01T00:00:00+00:00"],
    TOP: ["x", None, [], 2**31, -(2**31) - 1, "1e3", "2026-06-01T00:00:00+00:00", math.inf],
    NEW: ["x", None, [], 5, 5.5, -math.inf, "2026-06-01T00:00:00", "2026-06-01"],
    NEEDS_SUPPORT: ["x", None, [], {}, "nan"],
}


@pytest.mark.parametrize(
    ("order", "key"),
    [pytest.param(o, key, id=f"{o.code}-{key!r}") for o, all_ in STRANGE.items() for key in all_],
)
def test_a_key_of_another_order_is_refused(order, key):
    with pytest.raises(BadCursor):
        order.arrange(Idea.objects.all(), Place(key, 1))


def test_the_circle_begins_at_one_place_a_day():
    monday, tuesday = date(2026, 6, 1), date(2026, 6, 2)
    assert start_of(monday) == start_of(monday)
    assert start_of(monday) != start_of(tuesday)
    assert 0 <= start_of() < 1
