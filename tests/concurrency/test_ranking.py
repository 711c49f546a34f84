"""Leaderboards while they are ranked: one run at a time, and no reader sees half of one."""

from functools import partial

import pytest
from django.utils import timezone

from reputation.models import Day, Leader
from reputation.periods import day_of
from reputation.services import ranking
from tests.factories.community import MemberFactory
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]
ROUNDS = 12


@pytest.fixture
def crowd(committed):
    today = day_of(timezone.now())
    members = MemberFactory.create_batch(30)
    Day.objects.bulk_create(
        [Day(member=one, day=today, free=n, points=n) for n, one in enumerate(members, 1)]
    )
    return members


def week():
    rows = Leader.objects.filter(leaderboard__period="week").order_by("position")
    return list(rows.values_list("position", "rank", "points"))


def test_two_runs_at_once_come_to_one_list(crowd):
    for _round in range(3):
        results = at_once(*[ranking.rank] * 4)
        assert not failures(results)
        # Whoever finds another at it leaves it to them.
        assert any(results)
        assert week() == [(n, n, 31 - n) for n in range(1, 31)]


def test_no_reader_sees_half_a_list(crowd):
    ranking.rank()
    wholes = {frozenset(week())}
    seen = []

    def grow():
        for number in range(1, ROUNDS):
            # Fewer each time, and others with other points: places change, come and go.
            Day.objects.filter(member__in=crowd[: number * 2]).update(points=0)
            Day.objects.filter(member__in=crowd[number * 2 :]).update(points=1000 * number)
            ranking.rank()

    def look():
        seen.extend(frozenset(week()) for _look in range(ROUNDS * 10))

    assert not failures(at_once(grow, look))
    for number in range(1, ROUNDS):
        left = len(crowd) - number * 2
        wholes.add(frozenset((n, 1, 1000 * number) for n in range(1, left + 1)))
    assert set(seen) <= wholes
    assert frozenset(week()) in wholes


def test_members_earn_while_it_is_ranked(crowd):
    def earn(member):
        Day.objects.filter(member=member).update(points=500)

    results = at_once(ranking.rank, *(partial(earn, one) for one in crowd[:5]))
    assert not failures(results)
    ranking.rank()
    assert [points for _position, rank, points in week() if rank == 1] == [500] * 5
