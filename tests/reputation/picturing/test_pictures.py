"""Pictures of votes are whole numbers in the right places."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from reputation.picturing import Circle, Given, Tie, Timeline, colour_of, label_of, mark
from reputation.picturing.timeline import LEFT, RIGHT, WIDTH

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def timeline(*whens):
    return Timeline([Given(n % 4, n % 2, when) for n, when in enumerate(whens)], lanes=2)


def xs(picture):
    return [int(found.path[1:].split()[0]) for found in picture.marks]


def test_votes_go_from_left_to_right_within_the_picture():
    places = xs(timeline(*(NOON + n * 5 * MINUTE for n in range(9))))
    assert places == sorted(set(places))
    assert places[0] >= LEFT
    assert places[-1] <= WIDTH - RIGHT


def test_a_long_pause_takes_no_room():
    """Two sittings a month apart, each with half of the votes, each take half of the width."""
    first = [NOON + n * MINUTE for n in range(5)]
    picture = timeline(*first, *(when + 30 * DAY for when in first))
    one, other = picture.sittings
    assert (one.begin, other.begin) == (NOON, NOON + 30 * DAY)
    assert one.width == other.width == (WIDTH - LEFT - RIGHT) // 2
    assert other.x == one.x + one.width


def test_dates_do_not_lie_on_each_other():
    picture = timeline(*(NOON + n * DAY for n in range(20)))
    labelled = [sitting.x for sitting in picture.sittings if sitting.is_labelled]
    assert labelled[0] == LEFT
    assert all(later - one >= 110 for one, later in pairwise(labelled))


def test_members_of_one_lane_and_moment_keep_apart():
    together = Timeline([Given(person, 0, NOON) for person in range(3)], lanes=1)
    assert len({found.path.split("m")[0] for found in together.marks}) == 3


@pytest.mark.parametrize(("number", "label"), [(0, "A"), (25, "Z"), (26, "A1"), (52, "A2")])
def test_labels(number, label):
    assert label_of(number) == label


def test_no_two_of_35_look_alike():
    assert len({(mark(person), colour_of(person)) for person in range(35)}) == 35


def test_a_circle_has_a_place_for_each_and_a_line_for_each_tie():
    ties = [Tie(0, 1, 6), Tie(1, 0, 3)]
    circle = Circle([0, 1, 2, 3], ties, [Tie(0, 2, 5)], only_wrote=frozenset({3}))
    assert [(node.x, node.y) for node in circle.nodes] == [
        (240, 50), (430, 240), (240, 430), (50, 240),
    ]  # fmt: skip
    assert [line.width for line in circle.arrows] == [6, 3]
    assert [node.is_square for node in circle.nodes] == [False, False, False, True]
    there, back = (line.path for line in circle.arrows)
    assert there.split("Q")[1].split()[:2] != back.split("Q")[1].split()[:2]
    assert len(circle.chords) == 1
