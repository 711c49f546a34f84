"""The rules for everybody; every point for whoever has it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import EventRecord
from community.models.sight import Visibility
from ideas.services.supporting import give_support, withdraw_support
from moderation.services import restrict
from reputation import explaining
from reputation.models import Rule, RuleBook
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory, supported

pytestmark = pytest.mark.django_db


def text_of(page):
    """Without tags, and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


@pytest.fixture
def points(signed_in, author, deliver):
    """`points(kind="shipped")`: Ada's own page in words, once everything is delivered."""

    def page(by=author, **query):
        deliver()
        answer = signed_in(by).get(f"/members/{author.handle}/points/", query)
        assert answer.status_code == 200
        return answer

    return page


def test_the_rules_are_public_with_all_their_versions(visitor):
    in_a_week = timezone.now() + timedelta(days=7)
    book = RuleBook.objects.create(version=2, holds_from=in_a_week, daily_cap=80, why="Fairer.")
    Rule.objects.create(book=book, kind="shipped", points=60)
    words = text_of(visitor.get("/reputation/rules/"))
    assert "An idea of yours is shipped +60 +50" in words
    assert "Something of yours is removed as spam – −100" in words
    assert "At most a day from what is capped 80 100" in words
    assert "Fairer." in words


def test_the_rules_cost_few_queries(visitor, django_assert_num_queries):
    visitor.get("/reputation/rules/")
    with django_assert_num_queries(2):
        visitor.get("/reputation/rules/")


def test_every_point_in_words(idea, supporter, points):
    give_support(idea=idea, member=supporter)
    page = points()
    words = text_of(page)
    assert "10 points in all" in words
    assert "+10 A member supported your idea “Charge at night”" in words
    assert f'href="{idea.get_absolute_url()}"' in page.content.decode()


def test_a_voter_is_named_who_shows_what_they_support(idea, supporter, points):
    supporter.profile.supports_for = Visibility.EVERYONE
    supporter.profile.save()
    give_support(idea=idea, member=supporter)
    assert "+10 Sven Holm supported your idea" in text_of(points())


def test_what_was_taken_back_stands_beside_it(idea, supporter, points):
    give_support(idea=idea, member=supporter)
    withdraw_support(idea=idea, member=supporter)
    words = text_of(points())
    assert "−10 A member supported your idea “Charge at night” taken back" in words
    assert "0 points in all" in words


def test_what_is_hidden_is_not_named_to_the_staff(
    idea, author, supporter, moderator, admin_member, points
):
    give_support(idea=idea, member=supporter)
    restrict(thing=idea, by=moderator, reason="x")
    assert "Charge at night" in text_of(points())
    words = text_of(points(by=admin_member))
    assert "A member supported your idea that is not shown any more hidden by moderation" in words


def test_the_cap_is_explained_where_it_bit(idea, points):
    supported(idea, 12)
    words = text_of(points())
    assert "100 points in all" in words
    assert "at most 100 points a day: 20 more of them were not counted" in words


def test_each_day_says_what_was_reached_with_it(idea, board, author, points, supporter, deliver):
    give_support(idea=idea, member=supporter)
    deliver()
    yesterday = timezone.now() - timedelta(days=1)
    facts = EventRecord.objects.filter(kind="ideas.support_given").values("kind", "payload")
    other = IdeaFactory(board=board, author=author)
    for fact in list(facts):
        payload = {**fact["payload"], "idea_id": other.pk}
        EventRecord.objects.create(kind=fact["kind"], payload=payload, occurred_at=yesterday)
    words = text_of(points())
    assert words.index("+10 that day, 20 at its end") < words.index("+10 that day, 10 at its end")
    assert "20 at its end" in text_of(points(period="7"))


def test_a_filter_by_kind(idea, supporter, points):
    give_support(idea=idea, member=supporter)
    assert "A member supported" not in text_of(points(kind="shipped"))
    assert "No points of this kind" in text_of(points(kind="shipped"))
    assert "A member supported" in text_of(points(kind="nonsense"))


def test_pages_follow_each_other(idea, points, monkeypatch, signed_in, author):
    monkeypatch.setattr(explaining, "PAGE", 2)
    supported(idea, 3)
    first = points().content.decode()
    assert first.count("supported your idea") == 2
    link = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = signed_in(author).get(f"/members/{author.handle}/points/{link}").content.decode()
    assert second.count("supported your idea") == 1
    assert signed_in(author).get("/members/ada/points/?cursor=x").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(
    idea, author, rows, deliver, signed_in, django_assert_num_queries
):
    supported(idea, rows)
    deliver()
    ada = signed_in(author)
    ada.get("/members/ada/points/")
    with django_assert_num_queries(9):
        assert ada.get("/members/ada/points/").status_code == 200


def test_others_points_are_theirs(author, stranger, supporter, signed_in, visitor, admin_member):
    assert signed_in(stranger).get("/members/ada/points/").status_code == 403
    assert visitor.get("/members/ada/points/").status_code == 302
    assert signed_in(admin_member).get("/members/ada/points/").status_code == 200
    assert signed_in(stranger).get("/members/nobody_here/points/").status_code == 404


def test_a_profile_shows_the_standing(author, visitor):
    author.standing = 1234
    author.save()
    assert "1,234 points" in text_of(visitor.get(author.get_absolute_url()))


def test_no_points_yet(points):
    assert "No points yet." in text_of(points())
    assert MemberFactory().standing == 0
