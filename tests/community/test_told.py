"""The page of notifications: what reads as one line, filters, and paging."""

import pytest

from community import wording
from community.told import ON_A_PAGE, Wanted, page_of
from tests.factories.community import MemberFactory, NotificationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def together():
    """A kind that several people's deeds are told of in one line."""
    words = wording.Wording(
        "%(actor)s spoke on %(subject)s", "x", "y", "talk", "%(actors)s spoke on %(subject)s"
    )
    wording.add("test.spoke", words)
    yield "test.spoke"
    wording._WORDINGS.pop("test.spoke")


def told(member, name="", **changes):
    actor = MemberFactory(display_name=name) if name else None
    return NotificationFactory(member=member, actor=actor, subject="A lamp", **changes)


def sentences(member, **wanted):
    return [line.sentence for line in page_of(member, Wanted(**wanted)).lines]


def test_several_deeds_on_one_thing_are_one_line(member, together):
    for name in ("Ada", "Ben", "Cem"):
        told(member, name, kind=together)
    (line,) = page_of(member, Wanted()).lines
    assert line.sentence == "Cem and 2 others spoke on A lamp"
    assert len(line.ids) == 3


def test_the_same_person_twice_is_one_person(member, together):
    ada = MemberFactory(display_name="Ada")
    for _time in range(2):
        NotificationFactory(member=member, kind=together, actor=ada, subject="A lamp")
    assert sentences(member) == ["Ada spoke on A lamp"]


def test_other_things_and_read_ones_stay_apart(member, together):
    told(member, "Ada", kind=together)
    told(member, "Ben", kind=together, topic="idea:2")
    told(member, "Cem", kind=together, read_at="2026-03-04T12:00:00Z")
    assert sentences(member) == [f"{n} spoke on A lamp" for n in ("Cem", "Ben", "Ada")]


def test_kinds_that_are_told_alone_stay_alone(member, words):
    told(member, "Ada")
    told(member, "Ben")
    assert sentences(member) == ["Ben said so on A lamp", "Ada said so on A lamp"]


def test_the_unread_alone(member, words):
    told(member, "Ada", read_at="2026-03-04T12:00:00Z")
    told(member, "Ben")
    assert sentences(member, unread=True) == ["Ben said so on A lamp"]


def test_one_group_alone(member, words, together):
    told(member, "Ada", kind=together)
    told(member, "Ben")
    assert sentences(member, group="talk") == ["Ada spoke on A lamp"]


def test_pages_follow_each_other_without_a_gap(member, words):
    for number in range(ON_A_PAGE + 3):
        told(member, f"M{number}")
    first = page_of(member, Wanted())
    second = page_of(member, Wanted(before=first.before))
    seen = [pk for page in (first, second) for line in page.lines for pk in line.ids]
    assert len(seen) == len(set(seen)) == ON_A_PAGE + 3
    assert second.before is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_is_one_query(member, together, django_assert_num_queries, count):
    for number in range(count):
        told(member, f"M{number}", kind=together)
    with django_assert_num_queries(1):
        assert sentences(member)


def test_nobody_sees_what_others_were_told(member, stranger, words):
    told(stranger, "Ada")
    assert sentences(member) == []
