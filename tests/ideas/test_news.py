"""A feed: whose deeds stand in it, to whom, and how they are put together."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activity.models import About, EventRecord
from community import services
from community.models.sight import Visibility
from ideas import news
from ideas.news.sources import FOUND
from ideas.services import cowriting, following, hiding, writing
from ideas.services.merging import merge
from ideas.services.steps import decide
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.community import MemberFactory, befriend
from tests.factories.ideas import GROUNDS, BoardFactory, DraftFactory, IdeaFactory, said_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def friend(member):
    """A friend of Mara's, whose feed it is. Shows supports to friends."""
    friend = MemberFactory(handle="frida", display_name="Frida Nowak")
    befriend(member, friend)
    services.choose_visibility(member=friend, choices={"supports": Visibility.FRIENDS})
    return friend


def posted(author, board, title="Charge by day", tags=()):
    draft = DraftFactory(author=author, board=board, title=title)
    draft.tags.set(tags)
    return writing.post(draft=draft, by=author)


def lines(member, **asked):
    return [(line.kind, line.idea.title) for line in news.page_of(member, **asked).lines]


def sentences(member):
    return [line.sentence for line in news.page_of(member).lines]


class TestWhoseDeeds:
    def test_of_friends(self, member, friend, board, idea):
        mine = posted(friend, board)
        said_on(idea, by=friend)
        give_support(idea=idea, member=friend)
        assert lines(member) == [
            ("supported", "Charge at night"),
            ("commented", "Charge at night"),
            ("opened", mine.title),
        ]

    def test_of_nobody_else(self, member, stranger, board, idea):
        posted(stranger, board)
        said_on(idea, by=stranger)
        assert lines(member) == []

    def test_not_ones_own(self, member, friend, board, idea):
        following.follow(idea=idea, member=member)
        said_on(idea, by=member)
        assert lines(member) == []

    def test_of_members_one_follows_as_far_as_all_members_may_see(
        self, member, stranger, board, idea
    ):
        services.follow_member(member=member, other=stranger)
        services.choose_visibility(member=stranger, choices={"supports": Visibility.FRIENDS})
        posted(stranger, board)
        give_support(idea=idea, member=stranger)
        assert lines(member) == [("opened", "Charge by day")]

    def test_of_ideas_one_follows(self, member, stranger, idea, team_member):
        following.follow(idea=idea, member=member)
        said_on(idea, by=stranger)
        give_support(idea=idea, member=stranger)
        decide(idea=idea, to="planned", by=team_member, grounds=GROUNDS)
        # Never a vote of somebody unknown.
        assert lines(member) == [("decided", idea.title), ("commented", idea.title)]

    def test_of_boards_one_follows(self, member, stranger, board, team_member):
        following.follow_board(board=board, member=member)
        idea = posted(stranger, board)
        posted(stranger, BoardFactory(), title="Elsewhere")
        said_on(idea, by=stranger)
        decide(idea=idea, to="under_review", by=team_member, grounds=GROUNDS)
        assert lines(member) == [("decided", idea.title), ("opened", idea.title)]
        following.unfollow_board(board=board, member=member)
        assert lines(member) == []

    def test_of_tags_one_follows(self, member, stranger, board):
        idea = posted(stranger, board, tags=["night"])
        posted(stranger, board, title="Untagged")
        tag = idea.tags.get()
        following.follow_tag(tag=tag, member=member)
        assert lines(member) == [("opened", idea.title)]
        following.unfollow_tag(tag=tag, member=member)
        assert lines(member) == []

    def test_one_deed_found_in_three_ways_stands_once(self, member, friend, board):
        following.follow_board(board=board, member=member)
        idea = posted(friend, board, tags=["night"])
        following.follow_tag(tag=idea.tags.get(), member=member)
        following.follow(idea=idea, member=member)
        assert lines(member) == [("opened", idea.title)]

    def test_what_an_idea_follows_after_a_merge_is_what_it_stands_under(
        self, member, idea, board, team_member, stranger
    ):
        twin = IdeaFactory(board=board, title="The same")
        following.follow(idea=twin, member=member)
        merge(duplicate=twin, survivor=idea, by=team_member, note="Same.")
        said_on(idea, by=stranger)
        assert lines(member) == [("commented", idea.title)]


class TestWhoKeepsAway:
    @pytest.mark.parametrize("follows", ["member", "idea", "board"])
    @pytest.mark.parametrize("deed", ["mute", "block", "blocked"])
    def test_muted_and_blocked_members_stand_in_no_feed(
        self, member, stranger, board, deed, follows
    ):
        idea = posted(stranger, board)
        said_on(idea, by=stranger)
        if follows == "member":
            services.follow_member(member=member, other=stranger)
        elif follows == "idea":
            following.follow(idea=idea, member=member)
        else:
            following.follow_board(board=board, member=member)
        assert lines(member) != []
        if deed == "mute":
            services.mute_member(member=member, other=stranger)
        elif deed == "block":
            services.block(member=member, other=stranger)
        else:
            services.block(member=stranger, other=member)
        assert lines(member) == []

    def test_what_a_blocked_colleague_says_for_the_team_is_the_teams(
        self, member, idea, team_member
    ):
        following.follow(idea=idea, member=member)
        services.block(member=member, other=team_member)
        said_on(idea, by=team_member)
        decide(idea=idea, to="under_review", by=team_member, grounds=GROUNDS)
        assert lines(member) == [("decided", idea.title), ("answered", idea.title)]

    def test_friends_deeds_on_ideas_of_a_blocked_author_are_left_out(
        self, member, friend, idea, author
    ):
        said_on(idea, by=friend)
        services.block(member=member, other=author)
        assert lines(member) == []

    def test_a_block_ends_following(self, member, stranger, board):
        services.follow_member(member=member, other=stranger)
        services.block(member=stranger, other=member)
        services.unblock(member=stranger, other=member)
        posted(stranger, board)
        assert lines(member) == []


SHOWN_TO = {
    "friend": {Visibility.EVERYONE, Visibility.MEMBERS, Visibility.FRIENDS},
    "follower": {Visibility.EVERYONE, Visibility.MEMBERS},
    "friend_of_friend": set(),
    "stranger": set(),
    "blocked": set(),
    "blocker": set(),
    "team_member": set(),
    "moderator": set(),
}


@pytest.fixture
def cast(member, stranger, team_member, idea):
    """Mara, whose deeds they are, and those who read their feeds."""
    friend, far, follower, blocked, blocker = MemberFactory.create_batch(5)
    befriend(member, friend)
    befriend(friend, far)
    for one in (follower, blocked):
        services.follow_member(member=one, other=member)
    services.block(member=member, other=blocked)
    services.block(member=blocker, other=member)
    give_support(idea=idea, member=member)
    said_on(idea, by=member)
    return {
        "friend": friend,
        "follower": follower,
        "friend_of_friend": far,
        "stranger": stranger,
        "blocked": blocked,
        "blocker": blocker,
        "team_member": team_member,
        "moderator": MemberFactory(is_staff=True),
    }


@pytest.mark.parametrize("who", SHOWN_TO)
@pytest.mark.parametrize("level", Visibility)
@pytest.mark.parametrize(("part", "kind"), [("supports", "supported"), ("comments", "commented")])
def test_a_deed_is_told_to_whom_its_member_shows_it(cast, member, who, level, part, kind):
    services.choose_visibility(member=member, choices={part: level})
    kinds = [line.kind for line in news.page_of(cast[who]).lines]
    assert (kind in kinds) == (level in SHOWN_TO[who])


class TestWhatIsOver:
    def test_a_support_taken_back(self, member, friend, idea):
        give_support(idea=idea, member=friend)
        withdraw_support(idea=idea, member=friend)
        assert lines(member) == []

    def test_a_hidden_idea(self, member, friend, board):
        hiding.set_idea_hidden(idea=posted(friend, board), hidden=True)
        assert lines(member) == []

    def test_a_hidden_comment(self, member, friend, idea):
        hiding.set_comment_hidden(comment=said_on(idea, by=friend), hidden=True)
        assert lines(member) == []

    def test_a_merged_idea_reads_as_the_one_it_stands_under(
        self, member, friend, board, idea, team_member
    ):
        merge(duplicate=posted(friend, board), survivor=idea, by=team_member, note="Same.")
        assert lines(member) == [("opened", "Charge at night")]


class TestLines:
    def test_several_who_support_an_idea_are_one_line(self, member, friend, idea):
        for name in ("Ugo", "Vera"):
            other = MemberFactory(display_name=name)
            befriend(member, other)
            services.choose_visibility(member=other, choices={"supports": Visibility.EVERYONE})
            give_support(idea=idea, member=other)
        give_support(idea=idea, member=friend)
        assert sentences(member) == ["Frida Nowak and 2 others support an idea"]

    def test_what_one_member_supports_is_one_line_however_much(self, member, friend, board):
        for idea in IdeaFactory.create_batch(4, board=board):
            give_support(idea=idea, member=friend)
        (line,) = news.page_of(member).lines
        assert (line.kind, line.sentence) == ("supports", "Frida Nowak supports 4 ideas")
        assert len(line.ideas) == 4

    def test_what_a_day_brings_of_supports_is_one_line(self, member, friend, board):
        other = MemberFactory(display_name="Ugo")
        befriend(member, other)
        services.choose_visibility(member=other, choices={"supports": Visibility.EVERYONE})
        for idea in IdeaFactory.create_batch(3, board=board):
            give_support(idea=idea, member=other)
            give_support(idea=idea, member=friend)
        assert sentences(member) == ["Frida Nowak and Ugo support some ideas"]

    def test_two_who_comment(self, member, friend, idea, stranger):
        following.follow(idea=idea, member=member)
        said_on(idea, by=stranger)
        said_on(idea, body="And **bold**.", by=friend)
        (line,) = news.page_of(member).lines
        assert line.sentence == "Frida Nowak and Tom Okafor commented"
        assert line.excerpt == "And bold."

    def test_co_authors_posted_together(self, member, friend, board, author):
        draft = DraftFactory(author=friend, board=board)
        befriend(friend, author)
        cowriting.invite(draft=draft, by=friend, friend=author)
        cowriting.accept(draft=draft, by=author)
        writing.post(draft=draft, by=friend)
        assert sentences(member) == ["Frida Nowak and Ada Brandt posted an idea"]

    def test_what_is_new_since_a_moment(self, member, friend, board, idea):
        posted(friend, board)
        said_on(idea, by=friend)
        page = news.page_of(member)
        fresh = page.since(timezone.now() - timedelta(hours=1))
        assert news.away_words(fresh) == "1 new idea, 1 comment"
        assert news.away_words(fresh, more=True) == "1 new idea, 1 comment, and more"
        assert page.since(timezone.now()) == []
        assert page.since(None) == []
        assert news.away_words([]) == ""


class TestPages:
    def test_walk_over_everything_once(self, member, friend, board):
        ideas = IdeaFactory.create_batch(7, board=board)
        for idea in ideas:
            said_on(idea, by=friend)
        seen, cursor = [], ""
        while True:
            page = news.page_of(member, cursor, 3)
            seen += [line.idea for line in page.lines]
            cursor = page.next
            if not cursor:
                break
        assert seen == ideas[::-1]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_cost_the_same_for_any_number(
        self, member, friend, board, team_member, rows, django_assert_num_queries
    ):
        for idea in IdeaFactory.create_batch(rows, board=board):
            following.follow(idea=idea, member=member)
            said_on(idea, by=friend)
            give_support(idea=idea, member=friend)
            decide(idea=idea, to="under_review", by=team_member, grounds=GROUNDS)
        with django_assert_num_queries(6):
            assert len(news.page_of(member).lines) == 2 * rows + 1


class TestTheLog:
    def test_is_found_by_topic(self, board, author, stranger):
        idea = posted(author, board, tags=["night", "day"])
        opened = EventRecord.objects.get(kind="ideas.opened")
        tags = [f"tag:{pk}" for pk in idea.tags.values_list("pk", flat=True)]
        rows = About.objects.filter(event_id=opened.pk)
        assert set(rows.values_list("topic", flat=True)) == {
            f"idea:{idea.pk}", f"board:{board.pk}", *tags
        }  # fmt: skip
        assert {row.actor_id for row in rows} == {author.pk}

    def test_has_no_topics_for_votes(self, idea, stranger):
        give_support(idea=idea, member=stranger)
        assert not About.objects.exists()

    def test_names_nobody_for_what_is_done_for_a_team(self, idea, team_member):
        said_on(idea, by=team_member)
        assert About.objects.get().actor_id is None


def test_the_feed_reads_indexes_alone(member, friend, board, idea):
    """With sequential scans forbidden none is left: everything has its index."""
    following.follow(idea=idea, member=member)
    with CaptureQueriesContext(connection) as captured:
        news.page_of(member)
    (asked,) = [q["sql"] for q in captured.captured_queries if "WITH away" in q["sql"]]
    assert FOUND.strip()[:10] in asked
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + asked)
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert "event_by_actor" in plan
    assert "activity_about_pkey" in plan
    assert "Seq Scan" not in plan
