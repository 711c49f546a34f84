import pytest

from community.cursors import BadCursor, Key, moment, page_of, whole, words
from community.models import Member
from tests.factories.community import MemberFactory

BY_NAME = Key("display_name", words, descending=False)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "===",
        "W10",
        "WzEsMl0",
        "bnVsbA",
        "WyJhIiwwXQ",
        "WyJhIiwtMV0",
        "WyJhIiwidCJd",
        "ü",
        "0" * 999,
    ],
)  # fmt: skip
def test_what_was_not_made_here_is_no_cursor(cursor):
    with pytest.raises(BadCursor):
        BY_NAME.decode(cursor)


@pytest.mark.parametrize(
    ("read", "value"),
    [(moment, "2026-01-01"), (moment, 3), (moment, "0001-01-01T00:00+23:59"), (words, 3),
     (words, "a\x00b"), (words, "\ud800"), (whole, 0), (whole, 2**63), (whole, True), (whole, "1")],
)  # fmt: skip
def test_what_is_no_key_is_refused(read, value):
    with pytest.raises((ValueError, OverflowError)):
        read(value)


@pytest.mark.django_db
def test_pages_follow_each_other_without_a_gap():
    for name in "bbaac":
        MemberFactory(display_name=name)
    names, cursor = [], ""
    for _page in range(3):
        page = page_of(Member.objects.all(), BY_NAME, cursor, 2)
        names += [(row.display_name, row.pk) for row in page.items]
        cursor = page.next
    assert names == sorted(names)
    assert len(set(names)) == 5
    assert cursor == ""
