"""Leaderboards are what the ledger says, at every run: ties, times, parts of the site, the cap."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from activity.models import Bookmark
from activity.services import record
from ideas.events import IdeaOpened, IdeasSorted
from ideas.services.supporting import withdraw_support
from reputation.models import Day, Ground, Leader, Leaderboard, Place, Remark
from reputation.periods import Period, before, begin, end
from reputation.services import ranking
from tests.factories.community import MemberFactory
from tests.factories.ideas import said_on, supported
from tests.factories.reputation import book

pytestmark = pytest.mark.django_db

# A Wednesday in the middle of a month.
NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
MONDAY, FIRST = date(2026, 7, 13), date(2026, 7, 1)


@pytest.fixture
def at(monkeypatch):
    """`at(moment)`: it is then."""

    def then(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    then(NOW)
    return then


def earned(member, points, day=MONDAY):
    """So many on a day, on no idea."""
    Day.objects.create(member=member, day=day, free=points, points=points)


def helped(member, idea_id, *, points=10, on=NOW, kind="supported", actor=0, **facts):
    """A ground that holds on an idea, without the ledger around it."""
    return Ground.objects.create(
        kind=kind, member=member, actor_id=actor or MemberFactory().pk, thing="idea",
        thing_id=idea_id, since=on, points=points, book=book(), **facts,
    )  # fmt: skip


def stands(idea_id, board_id, *tag_ids):
    Place.objects.create(idea_id=idea_id, board_id=board_id, tag_ids=tag_ids, stamp=1)


def leaders(period="week", area="site", number=0, starts_on=None):
    """(rank, handle, points) of a list as it stands; the newest one of the period."""
    rows = Leader.objects.filter(
        leaderboard__area=area, leaderboard__area_id=number, leaderboard__period=period
    )
    if starts_on:
        rows = rows.filter(leaderboard__starts_on=starts_on)
    return list(rows.order_by("position").values_list("rank", "member__handle", "points"))


def everything():
    """All places on all lists, without when they were ranked."""
    return sorted(
        Leader.objects.values_list(
            "leaderboard__area", "leaderboard__area_id", "leaderboard__period",
            "leaderboard__members", "leaderboard__points", "position", "rank", "member", "points",
        )
    )  # fmt: skip


@pytest.fixture
def ada(db):
    return MemberFactory(handle="ada")


@pytest.fixture
def ben(db):
    return MemberFactory(handle="ben")


@pytest.fixture
def cleo(db):
    return MemberFactory(handle="cleo")


def test_equal_points_are_an_equal_rank_and_the_next_one_is_behind_both(at, ada, ben, cleo):
    for member, points in ((ada, 20), (ben, 30), (cleo, 30)):
        earned(member, points)
    ranking.rank()
    assert leaders() == [(1, "ben", 30), (1, "cleo", 30), (3, "ada", 20)]
    board = Leaderboard.objects.get(period="week")
    assert (board.members, board.points, board.starts_on) == (3, 80, MONDAY)


def test_nothing_or_less_than_nothing_is_no_rank(at, ada, ben):
    earned(ada, 0)
    earned(ben, -100)
    assert ranking.rank() == ranking.Ranked(boards=0, changed=0)
    assert everything() == []


def test_a_week_begins_on_monday_and_a_month_on_its_first(at, ada, ben, cleo):
    earned(ada, 10, MONDAY)
    earned(ben, 20, MONDAY - timedelta(days=1))
    earned(cleo, 30, FIRST - timedelta(days=1))
    ranking.rank()
    assert leaders("week", starts_on=MONDAY) == [(1, "ada", 10)]
    assert leaders("month", starts_on=FIRST) == [(1, "ben", 20), (2, "ada", 10)]
    assert [handle for _rank, handle, _points in leaders("year")] == ["cleo", "ben", "ada"]


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (datetime(2026, 7, 19, 23, 59, tzinfo=UTC), MONDAY),
        (datetime(2026, 7, 20, 0, 0, tzinfo=UTC), date(2026, 7, 20)),
    ],
)
def test_a_week_ends_with_sunday_in_utc(at, ada, moment, monday):
    at(moment)
    earned(ada, 10, moment.date())
    ranking.rank()
    assert Leaderboard.objects.get(period="week").starts_on == monday


def test_a_year_may_begin_within_a_week():
    new_year = date(2027, 1, 1)
    assert begin(Period.WEEK, new_year) == date(2026, 12, 28)
    assert begin(Period.YEAR, new_year) == new_year
    assert before(Period.YEAR, new_year) == date(2026, 1, 1)
    assert before(Period.MONTH, new_year, 2) == date(2026, 11, 1)
    assert end(Period.MONTH, date(2028, 2, 1)) == date(2028, 2, 29)
    assert end(Period.WEEK, date(2026, 12, 28)) == date(2027, 1, 3)
    assert end(Period.YEAR, new_year) == date(2027, 12, 31)
    assert (begin(Period.EVER, new_year), begin(Period.NEWCOMERS, new_year)) == (None, None)


def test_newcomers_have_a_list_of_their_own(at, ada, ben):
    ben.date_joined = NOW - timedelta(days=89)
    ada.date_joined = NOW - timedelta(days=91)
    for member, points in ((ada, 500), (ben, 20)):
        member.save()
        earned(member, points)
    ranking.rank()
    assert leaders("newcomers") == [(1, "ben", 20)]
    assert leaders("ever") == [(1, "ada", 500), (2, "ben", 20)]


def test_the_list_ends_at_a_hundred_and_says_how_many_there_are(at, monkeypatch, ada, ben, cleo):
    monkeypatch.setattr(ranking, "RANK", ranking.RANK.replace("100 AS most", "2 AS most"))
    for member in (cleo, ben, ada):
        earned(member, 10)
    ranking.rank()
    # Among equals, who has been here longer is named first.
    assert leaders() == [(1, "ada", 10), (1, "ben", 10)]
    assert Leaderboard.objects.get(period="week").members == 3


def test_who_is_not_active_is_not_ranked(at, ada, ben):
    earned(ada, 30)
    earned(ben, 20)
    ranking.rank()
    ada.is_active = False
    ada.save()
    ranking.rank()
    assert leaders() == [(1, "ben", 20)]


def test_points_of_a_board_and_its_tags_are_those_of_what_stands_there(at, ada, ben):
    stands(1, 7, 70, 71)
    stands(2, 8, 71)
    helped(ada, 1)
    helped(ben, 2, kind="shipped", points=50)
    ranking.rank()
    assert leaders("week", "board", 7) == [(1, "ada", 10)]
    assert leaders("ever", "board", 8) == [(1, "ben", 50)]
    assert leaders("year", "tag", 71) == [(1, "ben", 50), (2, "ada", 10)]
    assert leaders("month", "tag", 70) == [(1, "ada", 10)]


def test_what_is_said_counts_on_the_idea_it_is_said_on(at, ada):
    stands(1, 7)
    Remark.objects.create(comment_id=5, idea_id=1)
    ground = helped(ada, 1, kind="helpful", points=2)
    Ground.objects.filter(pk=ground.pk).update(thing="comment", thing_id=5)
    reply = helped(ada, 1, kind="answered", points=15)
    Ground.objects.filter(pk=reply.pk).update(thing="reply", thing_id=5)
    ranking.rank()
    # The forum belongs to no board.
    assert leaders("week", "board", 7) == [(1, "ada", 2)]


def test_the_days_cap_holds_on_each_board_alone(at, ada):
    """The first rules cap a day at 100."""
    stands(1, 7)
    stands(2, 8)
    for number in range(12):
        helped(ada, 1, actor=1000 + number)
    helped(ada, 2, actor=1)
    helped(ada, 1, kind="shipped", points=50)
    helped(ada, 1, actor=2, on=NOW - timedelta(days=1))
    ranking.rank()
    assert leaders("week", "board", 7) == [(1, "ada", 100 + 50 + 10)]
    assert leaders("week", "board", 8) == [(1, "ada", 10)]


def test_points_that_are_taken_back_leave_at_the_next_run(author, idea, deliver):
    [voter, _other] = supported(idea, 2)
    sort(idea, idea.board_id)
    deliver()
    ranking.rank()
    assert leaders("week", "board", idea.board_id) == [(1, "ada", 20)]
    withdraw_support(idea=idea, member=voter)
    deliver()
    ranking.rank()
    assert leaders("week", "board", idea.board_id) == [(1, "ada", 10)]
    assert leaders("week") == [(1, "ada", 10)]


def test_a_list_that_nobody_is_on_any_more_goes(at, ada):
    stands(1, 7)
    ground = helped(ada, 1)
    ranking.rank()
    Ground.objects.filter(pk=ground.pk).update(voided_stamp=3)
    at(NOW + timedelta(hours=1))
    ranking.rank()
    assert not Leaderboard.objects.exists()


def sort(idea, board_id, *tag_ids):
    record(IdeasSorted(places=[[idea.pk, board_id, *tag_ids]]), actor=None)


def test_points_go_where_an_idea_goes(idea, deliver):
    supported(idea, 1)
    record(IdeaOpened(idea_id=idea.pk, board_id=7, author_id=1, tag_ids=[70]), actor=None)
    deliver()
    ranking.rank()
    sort(idea, 8, 71)
    deliver()
    ranking.rank()
    assert leaders("week", "board", 8) == leaders("week", "tag", 71) == [(1, "ada", 10)]
    assert not Leaderboard.objects.filter(area="board", area_id=7).exists()
    assert not Leaderboard.objects.filter(area="tag", area_id=70).exists()


def test_only_what_changed_is_written(at, ada, ben):
    earned(ada, 30)
    earned(ben, 20)
    first = ranking.rank()
    # This week, month, year, all time and the newcomers.
    assert (first.boards, first.changed) == (5, 10)
    assert ranking.rank().changed == 0
    earned(ben, 5, FIRST)
    # All but this week, and the week of that day, which is over.
    assert ranking.rank().changed == 5


def test_what_is_over_stays_with_its_first_ten(at, ada):
    for points, member in enumerate(MemberFactory.create_batch(12), 1):
        earned(member, points)
    ranking.rank()
    at(NOW + timedelta(days=7))
    earned(ada, 1, MONDAY + timedelta(days=7))
    ranking.rank()
    assert leaders(starts_on=MONDAY + timedelta(days=7)) == [(1, "ada", 1)]
    over = leaders(starts_on=MONDAY)
    assert [points for _rank, _handle, points in over] == list(range(12, 2, -1))


def test_what_is_just_over_still_loses_what_is_taken_back_and_what_is_long_over_does_not(
    at, ada, ben
):
    earned(ada, 30)
    earned(ben, 20)
    ranking.rank()
    at(NOW + timedelta(days=7))
    Day.objects.filter(member=ada).update(points=10)
    ranking.rank()
    assert leaders(starts_on=MONDAY) == [(1, "ben", 20), (2, "ada", 10)]
    at(NOW + timedelta(days=7 * 14))
    Day.objects.filter(member=ben).update(points=1)
    ranking.rank()
    assert leaders(starts_on=MONDAY) == [(1, "ben", 20), (2, "ada", 10)]


def test_boards_keep_nothing_of_what_is_over(at, ada):
    stands(1, 7)
    helped(ada, 1)
    ranking.rank()
    at(NOW + timedelta(days=7))
    ranking.rank()
    assert {b.period for b in Leaderboard.objects.filter(area="board")} == {
        "month", "year", "ever", "newcomers",
    }  # fmt: skip


def test_from_nothing_it_comes_to_the_same(author, idea, deliver):
    """The places read again from the log, and the lists ranked again, are what grew bit by bit."""
    for board in (7, 8):
        supported(idea, 1)
        sort(idea, board, 70)
        said_on(idea)
        deliver()
        ranking.rank()
    grown = everything(), sorted(Place.objects.values_list()), sorted(Remark.objects.values_list())
    for model in (Leader, Leaderboard, Place, Remark):
        model.objects.all().delete()
    Bookmark.objects.filter(subscriber="reputation.keep_places").delete()
    deliver()
    ranking.rank()
    assert grown == (
        everything(), sorted(Place.objects.values_list()), sorted(Remark.objects.values_list()),
    )  # fmt: skip
    assert grown[0]
