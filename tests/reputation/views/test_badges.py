"""All badges, who has one, and which a member has."""

import re

import pytest

from community import services as people
from community.models.sight import Visibility
from ideas.services.discussing import comment
from moderation.services import restrict
from reputation import collection
from reputation.kinds import Kind
from reputation.models import Holding
from reputation.services import award_all
from tests.factories.community import MemberFactory, befriend
from tests.factories.reputation import ground

pytestmark = pytest.mark.django_db

ALL, REAL = "/badges/", "/badges/made-real/"


def text_of(page):
    """Without tags, and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def findable(**facts):
    member = MemberFactory(**facts)
    return let_be_found(member, Visibility.EVERYONE)


def let_be_found(member, by):
    member.profile.found_for = by
    member.profile.save()
    return member


@pytest.fixture
def shipped(idea, author):
    """Ada's idea is shipped."""
    let_be_found(author, Visibility.EVERYONE)
    ground(author, Kind.SHIPPED, number=idea.pk)
    award_all()


class TestAllBadges:
    def test_gold_first_with_how_many_have_each(self, visitor, shipped):
        words = text_of(visitor.get(ALL))
        assert words.index("Gold") < words.index("Made real") < words.index("Silver")
        assert "An idea of yours is shipped. Each time anew. 1 member has it" in words
        assert words.count("Nobody has it yet") == 29
        assert "Yours" not in words

    def test_ones_own_are_marked(self, signed_in, shipped, author, board):
        ground(author, Kind.SHIPPED, number=900)
        award_all()
        assert "Yours, 2 times" in text_of(signed_in(author).get(ALL))

    def test_cost(self, visitor, as_member, django_assert_num_queries):
        as_member.get(ALL)
        with django_assert_num_queries(1):
            visitor.get(ALL)
        with django_assert_num_queries(5):
            as_member.get(ALL)


class TestOneBadge:
    def test_who_has_it_and_what_for(self, visitor, shipped, idea):
        page = visitor.get(REAL)
        assert "Ada Brandt for “Charge at night”" in text_of(page)
        assert f'href="{idea.get_absolute_url()}"' in page.content.decode()

    def test_nobody_yet(self, visitor):
        assert "Somebody will be the first" in text_of(visitor.get(REAL))
        assert visitor.get("/badges/nothing/").status_code == 404

    def test_what_is_hidden_is_not_named(self, visitor, shipped, idea, moderator):
        restrict(thing=idea, by=moderator, reason="x")
        words = text_of(visitor.get(REAL))
        assert "Ada Brandt" in words
        assert "Charge at night" not in words

    def test_members_who_are_not_to_be_found_are_counted_alone(self, visitor, shipped, author):
        let_be_found(author, Visibility.FRIENDS)
        words = text_of(visitor.get(REAL))
        assert "Ada" not in words
        assert "1 member has it" in words
        assert "Nobody who has it lets you find them" in words

    def test_friends_find_them(self, as_member, shipped, author, member):
        let_be_found(author, Visibility.FRIENDS)
        assert "Ada" not in text_of(as_member.get(REAL))
        befriend(author, member)
        assert "Ada" in text_of(as_member.get(REAL))

    @pytest.mark.parametrize("blocker", ["author", "member"])
    def test_a_block_works_both_ways(self, request, as_member, shipped, author, member, blocker):
        other = {"author": member, "member": author}[blocker]
        people.block(member=request.getfixturevalue(blocker), other=other)
        assert "Ada" not in text_of(as_member.get(REAL))

    def test_who_left_is_not_there(self, visitor, shipped, author):
        author.is_active = False
        author.save()
        assert "Ada" not in text_of(visitor.get(REAL))

    def test_a_comment_is_named_where_its_author_shows_comments(
        self, visitor, as_member, idea, author
    ):
        let_be_found(author, Visibility.EVERYONE)
        said = comment(idea=idea, by=author, body="Good.")
        ground(author, Kind.BUILT_ON, thing="comment", number=said.pk)
        award_all()
        page = "/badges/building-block/"
        author.profile.comments_for = Visibility.EVERYONE
        author.profile.save()
        assert "Charge at night" in text_of(visitor.get(page))
        author.profile.comments_for = Visibility.MEMBERS
        author.profile.save()
        assert "Charge at night" not in text_of(visitor.get(page))
        assert "Charge at night" in text_of(as_member.get(page))

    def test_page_by_page_the_newest_first(self, visitor, monkeypatch):
        monkeypatch.setattr(collection, "PAGE", 2)
        for number, name in enumerate(["Old", "Older", "New"]):
            ago = {"Old": 5, "Older": 9, "New": 1}[name]
            ground(findable(display_name=name), Kind.SHIPPED, number=number + 1, days_ago=ago)
        award_all()
        first = visitor.get(REAL)
        words = text_of(first)
        assert words.index("New") < words.index("Old")
        assert "Older" not in words
        link = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1]
        assert "Older" in text_of(visitor.get(f"{REAL}{link}"))
        assert visitor.get(f"{REAL}?cursor=x").status_code == 400

    def test_who_is_not_shown_does_not_end_the_list(self, visitor, monkeypatch):
        monkeypatch.setattr(collection, "CANDIDATES", 2)
        last = findable(display_name="Last")
        for number, member in enumerate([last, *MemberFactory.create_batch(2)]):
            ground(member, Kind.SHIPPED, number=number + 1, days_ago=9 - number)
        award_all()
        first = visitor.get(REAL).content.decode()
        assert "Last" not in first
        link = re.search(r'rel="next" href="([^"]+)"', first)[1]
        assert "Last" in text_of(visitor.get(f"{REAL}{link}"))

    @pytest.mark.parametrize("rows", [1, 3])
    def test_cost(self, visitor, as_member, idea, rows, django_assert_num_queries):
        for number in range(rows):
            ground(findable(), Kind.SHIPPED, number=idea.pk + number)
        award_all()
        as_member.get(REAL)
        with django_assert_num_queries(4):
            visitor.get(REAL)
        with django_assert_num_queries(8):
            as_member.get(REAL)


class TestOnTheProfile:
    def test_gold_first_with_how_often(self, visitor, shipped, author):
        ground(author, Kind.PLANNED)
        for number in range(2):
            ground(author, Kind.SHIPPED, number=900 + number, days_ago=3)
        award_all()
        words = text_of(visitor.get("/people/ada/badges/"))
        assert words.index("Track record") < words.index("Pencilled in")
        assert "Made real × 3" in words
        assert "last for “Charge at night”" in words

    def test_comments_that_are_not_shown_are_not_named(self, visitor, idea, author):
        said = comment(idea=idea, by=author, body="Good.")
        ground(author, Kind.BUILT_ON, thing="comment", number=said.pk)
        award_all()
        author.profile.comments_for = Visibility.ME
        author.profile.save()
        words = text_of(visitor.get("/people/ada/badges/"))
        assert "Building block" in words
        assert "Charge at night" not in words

    def test_a_badge_that_there_is_no_more_is_not_shown(self, visitor, shipped, author):
        Holding.objects.update(badge="early-bird")
        assert "No badge yet" in text_of(visitor.get("/people/ada/badges/"))

    @pytest.mark.parametrize("rows", [1, 3])
    def test_cost(self, as_member, author, idea, rows, django_assert_num_queries):
        kinds = (Kind.SHIPPED, Kind.PLANNED, Kind.CREDITED)[:rows]
        for kind in kinds:
            ground(author, kind, number=idea.pk)
        award_all()
        as_member.get("/people/ada/badges/")
        with django_assert_num_queries(12):
            as_member.get("/people/ada/badges/")
