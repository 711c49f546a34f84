"""Thresholds and what they ask of a team."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.capacity import capacity_of, fitting_threshold, load
from ideas.models import Support
from ideas.services import promising
from tests.factories.ideas import BoardFactory, IdeaFactory, supported

pytestmark = pytest.mark.django_db

# Six ideas rose from nothing to 10, six from 5 to 20.
RISES = [(0, 10, 6), (5, 20, 6)]


@pytest.mark.parametrize(
    ("threshold", "answers"), [(1, 1), (5, 1), (6, 2), (10, 2), (11, 1), (20, 1), (21, 0)]
)
def test_an_idea_counts_where_it_crossed(threshold, answers):
    assert load(RISES, threshold) == answers


@pytest.mark.parametrize(("room", "threshold"), [(5, 1), (1, 1), (0.5, 21), (0, 21), (-1, None)])
def test_the_least_threshold_that_the_team_can_keep(room, threshold):
    assert fitting_threshold(RISES, room) == threshold


def test_no_lower_threshold_fits():
    rises = [(0, n, 2) for n in range(1, 40)]
    found = fitting_threshold(rises, 3)
    assert load(rises, found) <= 3
    assert all(load(rises, t) > 3 for t in range(1, found))


def test_a_board_against_its_team(team, django_assert_num_queries):
    team.answers_a_month = 1
    team.save()
    board = BoardFactory(team=team, answer_threshold=2)
    other = BoardFactory(team=team, answer_threshold=1)
    for count in (2, 3, 3):
        supported(IdeaFactory(board=board), count)
    supported(IdeaFactory(board=other), 1)
    promising.earn_answer(idea=board.ideas.first())
    board.team = team
    with django_assert_num_queries(3):
        found = capacity_of(board)
    now = next(row for row in found.rows if row.is_current)
    assert (round(now.load, 2), round(now.total, 2), now.fits) == (0.5, 0.67, True)
    assert (found.answers_a_month, round(found.others, 2), found.open_answers) == (1, 0.17, 1)
    assert found.fitting == 1


def test_votes_of_long_ago_are_no_load(board):
    supported(IdeaFactory(board=board), 3)
    Support.objects.update(counted_at=timezone.now() - timedelta(days=200))
    assert {row.total for row in capacity_of(board).rows} == {0}


def test_without_a_stated_capacity_nothing_is_said_to_fit(board):
    found = capacity_of(board)
    assert (found.fitting, found.limit, found.rows[0].fits) == (None, None, None)
