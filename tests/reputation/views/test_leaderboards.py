"""Who has the most points, as different people read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import services
from community.models import Member
from community.models.sight import Visibility
from reputation import leading
from reputation.models import Day, Place
from reputation.periods import before, begin, day_of
from reputation.services import ranking
from tests.factories.community import MemberFactory
from tests.factories.ideas import BoardFactory, IdeaFactory
from tests.factories.reputation import leads, voted

pytestmark = pytest.mark.django_db
PAGE, PAST = "/leaderboard/", "/leaderboard/past/"


def read(browser, address=PAGE, **headers):
    answer = browser.get(address, headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def ranks(page):
    """(rank, handle) of the long list, as it is written."""
    lines = page.split('<li class="leader')[1:]
    listed = [line for line in lines if "@" in line]
    return [(int(line.split("Rank </span>")[1].split("<")[0]), line.split("@")[1].split("<")[0])
            for line in listed]  # fmt: skip


@pytest.fixture
def leaders(member, stranger, author):
    """Mara 30, Tom 20, Ada 20: this week, and as much in the last one."""
    for one, points in ((member, 30), (stranger, 20), (author, 20)):
        leads(one, points)


def test_a_visitor_reads_ranks_and_points(visitor, leaders):
    page = read(visitor)
    assert ranks(page) == [(1, "mara"), (2, "tom"), (2, "ada")]
    assert "3 members have points here." in page
    assert "medal-1" in page
    assert "Where a rank is missing" not in page


def test_nobody_has_points_yet(visitor):
    assert "Nobody has points here in this time yet." in read(visitor)
    assert "None is over yet." in read(visitor, PAST)


def test_who_takes_themselves_off_is_gone_at_once_and_ranks_of_others_stay(
    visitor, signed_in, leaders, member, stranger
):
    services.choose_visibility(member=member, choices={"ranked": Visibility.ME})
    page = read(visitor)
    assert ranks(page) == [(2, "tom"), (2, "ada")]
    assert "Where a rank is missing" in page
    assert "mara" not in read(visitor, f"{PAGE}?period=ever") + read(visitor, PAST)
    own = read(signed_in(member))
    assert (1, "mara") in ranks(own)
    assert "Only you see this" in own
    assert "You: 30 points, rank 1" in own


def test_friends_alone_may_be_shown_it(signed_in, leaders, member, stranger):
    services.choose_visibility(member=member, choices={"ranked": Visibility.FRIENDS})
    assert "Your friends see this" in read(signed_in(member))
    assert (1, "mara") not in ranks(read(signed_in(stranger)))


def test_those_who_keep_away_from_each_other_do_not_see_each_other(
    signed_in, leaders, member, stranger, author
):
    services.block(member=stranger, other=member)
    assert ranks(read(signed_in(member))) == [(1, "mara"), (2, "ada")]
    assert ranks(read(signed_in(stranger))) == [(2, "tom"), (2, "ada")]
    assert len(ranks(read(signed_in(author)))) == 3


def test_who_left_or_is_suspended_is_gone_at_once(visitor, leaders, member):
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert ranks(read(visitor)) == [(2, "tom"), (2, "ada")]


def test_all_who_have_points_keep_them_to_themselves(visitor, leaders, member, stranger, author):
    for one in (member, stranger, author):
        services.choose_visibility(member=one, choices={"ranked": Visibility.ME})
    assert "do not let you see them" in read(visitor)
    assert "Nobody of them is named to you." in read(visitor, PAST)


def test_a_member_without_points_is_told_so(signed_in, leaders):
    page = read(signed_in(MemberFactory()))
    assert "You have no points here in this time yet." in page


def test_beyond_the_hundredth_ones_own_points_are_told(signed_in, monkeypatch, leaders, author):
    monkeypatch.setattr(leading, "TOP", 2)
    page = read(signed_in(author))
    assert "You: 20 points, beyond the first 100. The last of them has 20." in page
    Member.objects.filter(pk=author.pk).update(standing=40)
    assert "You: 40 points, beyond" in read(signed_in(author), f"{PAGE}?period=ever")


def test_on_a_board_they_are_not_known_beyond_it(signed_in, monkeypatch, board, member, stranger):
    monkeypatch.setattr(leading, "TOP", 1)
    on_board(board, member, 2)
    on_board(board, stranger, 1)
    page = read(signed_in(stranger), f"{PAGE}?board=charging")
    assert "You are not among the first 100. The last of them has 20." in page


def on_board(board, member, votes, tag=None):
    idea = IdeaFactory(board=board, author=member)
    if tag:
        idea.tags.add(tag)
    tags = list(idea.tags.values_list("pk", flat=True))
    Place.objects.create(idea_id=idea.pk, board_id=board.pk, tag_ids=tags, stamp=1)
    for number in range(votes):
        voted(member, by=50_000 + number, idea=idea.pk)
    ranking.rank()


def test_a_board_and_a_tag_have_their_own(visitor, board, member, stranger):
    on_board(board, member, 2, tag="night")
    on_board(BoardFactory(name="Heating", slug="heating"), stranger, 1, tag="night")
    page = read(visitor, f"{PAGE}?board=charging")
    assert ranks(page) == [(1, "mara")]
    assert "Leaderboard: Charging" in page
    assert '<option value="charging" selected>' in page
    page = read(visitor, f"{PAGE}?tag=night&period=month")
    assert ranks(page) == [(1, "mara"), (2, "tom")]
    assert "Leaderboard: night" in page
    assert '<a class="tag" href="?period=week&amp;tag=night">night</a>' in read(visitor)


def test_newcomers_stand_beside_those_of_all_time(visitor, leaders, member, stranger, author):
    long_ago = timezone.now() - timedelta(days=400)
    Member.objects.filter(pk__in=[member.pk, author.pk]).update(date_joined=long_ago)
    ranking.rank()
    page = read(visitor, f"{PAGE}?period=ever")
    assert "All who joined within 90 days" in page
    assert ranks(read(visitor, f"{PAGE}?period=newcomers")) == [(1, "tom")]


def test_who_is_no_newcomer_has_no_place_among_them(signed_in, leaders, member):
    Member.objects.filter(pk=member.pk).update(date_joined=timezone.now() - timedelta(days=400))
    ranking.rank()
    assert "You have no points" not in read(signed_in(member), f"{PAGE}?period=newcomers")


def test_the_last_week_stands_beside_this_one(visitor, leaders):
    page = read(visitor)
    assert "Last week" in page
    assert page.count('href="/people/mara/"') == 2
    past = read(visitor, PAST)
    assert past.index("/people/mara/") < past.index("/people/tom/")
    assert "By month" in past


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?period=decade", 404), ("?board=nowhere", 404), ("?tag=nothing", 404),
        ("?board=charging&tag=night", 400), ("?tag=%00", 400), ("past/?period=ever", 404),
        ("past/?cursor=x", 400),
    ],
)  # fmt: skip
def test_what_is_not_there(visitor, board, query, status):
    assert visitor.get(f"{PAGE}{query}").status_code == status


def test_htmx_gets_the_list_alone(visitor, leaders):
    page = read(visitor, **{"HX-Request": "true"})
    assert page.startswith('<div id="leaders"')
    assert "<html" not in page


def test_past_weeks_come_page_by_page(visitor, member, monkeypatch):
    monkeypatch.setattr(leading, "PAST_PAGE", 2)
    week = begin("week", day_of(timezone.now()))
    days = [before("week", week, n) for n in range(1, 4)]
    for day in days:
        Day.objects.create(member=member, day=day, free=10, points=10)
    ranking.rank()
    first = visitor.get(PAST)
    rest = visitor.get(PAST + first.context["page"]["next_url"])
    starts = [[one.starts_on for one in a.context["page"]["items"]] for a in (first, rest)]
    assert starts == [days[:2], days[2:]]


def test_the_profile_and_the_directory_lead_here(visitor, leaders):
    for address in ("/people/mara/", "/people/"):
        assert f'href="{PAGE}"' in read(visitor, address)


def cost(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        browser.get(address)
    return len(captured)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("query", "visitors", "members"),
    [("", 4, 7), ("?period=ever", 4, 7), ("?board=charging", 4, 7), ("?tag=night", 5, 8)],
)
def test_lists_cost_the_same(visitor, signed_in, board, rows, query, visitors, members):
    for one in MemberFactory.create_batch(rows):
        leads(one)
        on_board(board, one, 1, tag="night")
    reader = signed_in(MemberFactory())
    assert cost(visitor, PAGE + query) == visitors
    assert cost(reader, PAGE + query) == members


@pytest.mark.parametrize("rows", [1, 3])
def test_the_archive_costs_the_same(visitor, rows):
    for one in MemberFactory.create_batch(rows):
        leads(one)
    assert cost(visitor, PAST) == 2
