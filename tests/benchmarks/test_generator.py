"""What the generator makes is a site that Plenum itself finds in order."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.db import connection
from django.db.models import F, Max, Sum

from benchmarks.generator import fill_quietly, notifications, rows, settle, skew, words
from benchmarks.generator.sizes import Size
from community import circle
from community.models import (
    Friend,
    Friendship,
    Member,
    Notification,
    Profile,
    Reply,
    Topic,
)  # fmt: skip
from community.suggesting import suggestions
from community.told import Wanted, page_of
from ideas.models import Comment, Contribution, Decision, Idea, IdeaTally, Merge, Support
from ideas.services import tallies
from ideas.services.supporting import give_support
from reputation.models import Day, Leader, Place
from reputation.services import ranking

TINY = Size("tiny", 100, 600, 80, 150, 12, 0, 400, words=10)
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def tiny_site(db):
    connection.ensure_connection()
    fill_quietly(connection.connection, TINY)


@pytest.mark.usefixtures("tiny_site")
class TestSite:
    def test_tallies_are_what_a_recount_says(self):
        assert IdeaTally.objects.count() == TINY.ideas
        assert tallies.drifts() == []
        assert settle.drifting(connection.connection, TINY) == 0

    def test_every_status_has_its_decision(self):
        for idea in Idea.objects.exclude(status__in=["open", "draft"]):
            assert Decision.objects.filter(idea=idea).latest("id").to_status == idea.status

    def test_what_came_back_from_a_no_says_so(self):
        back = Decision.objects.filter(from_status="declined").values_list("idea", flat=True)
        assert set(back) == set(
            IdeaTally.objects.filter(reopened_at__isnull=False).values_list("pk", flat=True)
        )
        assert back.filter(idea__status="under_review").count() == back.count() > 0

    def test_some_stand_under_others(self):
        merged = Idea.objects.filter(merged_into__isnull=False)
        assert merged.exists()
        assert set(merged.values_list("pk", "merged_into")) == set(
            Merge.objects.values_list("duplicate", "survivor")
        )
        assert not IdeaTally.objects.filter(idea__in=merged, listed=True).exists()

    def test_authors_have_the_credit(self):
        credited = Contribution.objects.filter(part="author").values_list("idea", "member")
        posted = Idea.objects.exclude(status="draft").values_list("pk", "author")
        assert set(credited) == set(posted)

    def test_members_were_told_and_every_voter_as_much(self):
        connection.connection.execute(settle.FOLLOWS)
        notifications.tell(connection.connection, 3)
        told = Notification.objects.all()
        assert {"ideas.commented", "ideas.decided", "ideas.mentioned"} == set(
            told.values_list("kind", flat=True)
        )
        assert not told.filter(actor=F("member")).exists()
        for voter in Member.objects.order_by("-id")[:3]:
            mine = told.filter(member=voter)
            assert (mine.count(), mine.unread().count()) == (Comment.objects.count(), 40)
            assert page_of(voter, Wanted()).last is not None

    def test_nobody_supports_their_own_idea_and_drafts_have_no_support(self):
        pairs = Support.objects.values_list("idea__author_id", "member_id", "idea__status")
        assert len(pairs) > TINY.supports / 2
        assert all(author != member and status != "draft" for author, member, status in pairs)

    def test_everybody_has_a_profile(self):
        assert Profile.objects.count() == Member.objects.count()

    def test_friendships_are_seen_from_both_sides(self):
        pairs = set(Friendship.objects.filter(state="friends").values_list("lo", "hi"))
        assert len(pairs) > TINY.friendships / 2
        sides = set(Friend.objects.values_list("member", "friend"))
        assert sides == pairs | {(hi, lo) for lo, hi in pairs}
        assert Friendship.objects.filter(state="pending").exists()

    def test_friends_of_friends_are_suggested(self):
        asked = Member.objects.get(pk=40)
        assert suggestions(asked)
        assert circle.friends_of(asked, asked).items

    def test_life_goes_on(self):
        voter = Member.objects.order_by("-id")[0]
        idea = Idea.objects.filter(status="open", hidden_at=None).select_related("board")[0]
        before = IdeaTally.objects.get(idea=idea).supports
        assert give_support(idea=idea, member=voter) == before + 1
        assert tallies.drifts() == []

    def test_the_forum_counts_what_is_said_in_it(self):
        assert Topic.objects.count() > TINY.ideas / TINY.topics / 2
        for topic in Topic.objects.select_related("tally"):
            shown = topic.replies.shown()
            sums = shown.aggregate(helped=Sum("helpful"), last=Max("created_at"))
            answer = shown.filter(accepted_at__isnull=False).first()
            assert topic.tally.replies == shown.count()
            assert topic.tally.helped == (sums["helped"] or 0)
            assert topic.tally.last_at == max(filter(None, [topic.created_at, sums["last"]]))
            assert topic.tally.answered_at == (answer.accepted_at if answer else None)
        assert Reply.objects.filter(accepted_at__isnull=False).exists()

    def test_points_are_those_of_the_votes(self):
        days = Day.objects.values("member").annotate(sum=Sum("points"))
        earned = {row["member"]: row["sum"] for row in days}
        assert earned == dict(Member.objects.exclude(standing=0).values_list("pk", "standing"))
        votes = Support.objects.filter(state="counted").count()
        assert Day.objects.aggregate(sum=Sum("capped"))["sum"] == 10 * votes
        assert Place.objects.count() == Idea.objects.exclude(status="draft").count()
        ranking.rank()
        first = Leader.objects.filter(leaderboard__period="ever").earliest("position")
        assert first.points == max(earned.values())

    def test_the_rare_word_is_there(self):
        found = Idea.objects.filter(title__contains=words.RARE).count()
        assert found >= words.RARE_IDEAS - 5


def test_the_same_site_every_time():
    where = rows.Range(TINY, 1, 51, NOW)
    assert list(rows.ideas(where)) == list(rows.ideas(where))
    assert list(rows.supports(where)) == list(rows.supports(where))


def test_ranges_fit_together():
    first, second = rows.Range(TINY, 1, 51, NOW), rows.Range(TINY, 51, 101, NOW)
    ids = [line.split("\t")[0] for where in (first, second) for line in rows.comments(where)]
    assert len(ids) == len(set(ids))


def test_few_have_much():
    counts = sorted(skew.shares(100_000, 10_000, "test"), reverse=True)
    assert sum(counts) == pytest.approx(100_000, rel=0.05)
    assert sum(counts[:100]) > 10 * sum(counts[-1_000:])


def test_some_words_are_common_and_some_are_rare():
    chance = Random(1)
    bodies = [" ".join(words.body(chance, "en", 32)).lower() for _ in range(500)]
    share = sum(words.COMMON in body.split() for body in bodies) / len(bodies)
    assert 0.1 < share < 0.6
    assert len({word for body in bodies for word in body.split()}) > 2_000
