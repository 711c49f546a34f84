"""Badges come and go with what they are for, and are told of once."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.models import EventRecord
from community.models import Member
from ideas.services.supporting import give_support, withdraw_support
from moderation.models import Restriction
from moderation.services import lift, restrict
from reputation.kinds import Kind
from reputation.models import Award, BadgeDue, BadgeTally, Holding, Share
from reputation.services import award, award_all, verify
from reputation.services.awarding import giving
from tests.factories.community import MemberFactory
from tests.factories.ideas import supported
from tests.factories.reputation import ground
from tests.plans import explain
from tests.reputation.services.booking import test_applying
from tests.reputation.services.booking.test_applying import Undone, histories, live
from tests.threads import at_once, failures

pytestmark = pytest.mark.django_db

# The ledger alone listens, by two versions of the rules.
cast, rules = test_applying.cast, test_applying.rules


def in_force():
    rows = Award.objects.filter(revoked_at=None)
    return set(rows.values_list("member", "badge", "thing", "thing_id"))


def counted():
    return dict(Holding.objects.values_list("badge", "times"))


def told():
    return list(EventRecord.objects.filter(kind="reputation.badge_earned").values_list("payload"))


@pytest.fixture
def look(deliver):
    def now():
        deliver()
        done = award()
        assert not BadgeDue.objects.exists()
        return done.given, done.revoked

    return now


@pytest.fixture
def tenth(idea, look):
    """The idea has nine votes, and nothing follows; here is who will give the tenth."""
    supported(idea, 9)
    assert look() == (0, 0)
    return MemberFactory()


class TestOneBadge:
    """Ada's idea has ten supporters: a spark."""

    def test_is_given(self, idea, author, tenth, look):
        give_support(idea=idea, member=tenth)
        assert look() == (1, 0)
        assert in_force() == {(author.pk, "spark", "idea", idea.pk)}
        assert (Holding.objects.get().times, BadgeTally.objects.get().members) == (1, 1)

    def test_is_given_once(self, idea, tenth, look):
        give_support(idea=idea, member=tenth)
        look()
        give_support(idea=idea, member=MemberFactory())
        assert look() == (0, 0)
        assert (award_all().given, Award.objects.count()) == (0, 1)

    def test_goes_with_its_ground_and_comes_back(self, idea, tenth, look):
        give_support(idea=idea, member=tenth)
        look()
        withdraw_support(idea=idea, member=tenth)
        assert look() == (0, 1)
        gone = Award.objects.get()
        assert (gone.reason, counted(), BadgeTally.objects.get().members) == ("lost", {}, 0)
        give_support(idea=idea, member=tenth)
        assert look() == (1, 0)
        assert list(Award.objects.order_by("pk").values_list("turn", "reason")) == [
            (1, "lost"), (2, ""),
        ]  # fmt: skip

    def test_rests_while_the_idea_is_hidden(self, idea, tenth, look, moderator):
        give_support(idea=idea, member=tenth)
        look()
        restrict(thing=idea, by=moderator, reason="x")
        assert look() == (0, 1)
        assert Award.objects.get().reason == "hidden"
        lift(restriction=Restriction.objects.get(), by=moderator, reason="y")
        assert look() == (1, 0)

    def test_is_told_once_ever(self, idea, author, tenth, look):
        for _time in range(2):
            give_support(idea=idea, member=tenth)
            look()
            withdraw_support(idea=idea, member=tenth)
            look()
        assert told() == [({"badge": "spark", "member_ids": [author.pk]},)]


def test_several_of_a_kind_are_told_as_one(member):
    for number in range(3):
        ground(member, Kind.SHIPPED, number=number + 1)
    award_all()
    shipped = [fact for (fact,) in told() if fact["badge"] == "made-real"]
    assert shipped == [{"badge": "made-real", "member_ids": [member.pk]}]
    assert counted()["made-real"] == 3


def test_what_was_earned_long_ago_is_no_news(member):
    ground(member, Kind.SHIPPED, days_ago=8)
    award_all()
    assert counted() == {"made-real": 1}
    assert told() == []


def test_what_it_was_for_last_is_remembered(member):
    for number, ago in ((1, 3), (2, 1), (3, 2)):
        ground(member, Kind.SHIPPED, number=number, days_ago=ago)
    award_all()
    assert Holding.objects.get(badge="made-real").thing_id == 2


def test_a_badge_that_there_is_no_more_is_taken_back(member):
    Award.objects.create(member=member, badge="early-bird", earned_at=timezone.now())
    assert award_all().revoked == 1
    assert Award.objects.get().reason == "gone"


def test_a_part_of_others_brings_the_author_a_badge(cast, deliver):
    """It is credited after the idea is shipped, when nothing happens to the author themselves."""
    history = [(("decide", 1, "planned"), 1), (("decide", 1, "in_progress"), 1)]
    live(cast, [*history, (("decide", 1, "shipped"), 1)], test_applying.Ledger())
    deliver()
    author = cast[0]
    for pk in (cast[3].pk, cast[4].pk):
        ground(cast[3], Kind.CREDITED, by=pk)
    award()
    live(cast, [(("credit", 11, True), 1)], test_applying.Ledger())
    deliver()
    award()
    assert Award.objects.filter(member=author, badge="many-hands", revoked_at=None).exists()


class TestCrashes:
    """Nothing is lost, and nothing given twice."""

    def test_who_is_due_stays_due(self, idea, tenth, deliver, monkeypatch):
        give_support(idea=idea, member=tenth)
        deliver()

        def killed(*args, **kwargs):
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(giving, "record_all", killed)
            with pytest.raises(KeyboardInterrupt):
                award()
        assert (Award.objects.count(), Holding.objects.count()) == (0, 0)
        assert BadgeDue.objects.exists()
        assert award().given == 1
        assert len(told()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_runs_at_once_award_once():
    member = MemberFactory()
    ground(member, Kind.SHIPPED)
    BadgeDue.objects.bulk_create(BadgeDue(member=member) for _time in range(3))
    results = at_once(award, award, award_all, award_all)
    assert failures(results) == []
    assert sorted(done.given for done in results) == [0, 0, 0, 1]
    assert (Award.objects.count(), BadgeTally.objects.get().awards) == (1, 1)
    assert len(told()) == 1


def test_the_same_statements_for_one_and_for_three(django_assert_num_queries):
    for number in (1, 3):
        for member in MemberFactory.create_batch(number):
            ground(member, Kind.PLANNED, number=member.pk)
            BadgeDue.objects.create(member=member)
        # Two looks whether anybody is due, the lock, who it is, badges, sums, and the event.
        with django_assert_num_queries(9):
            award()


MANY = 30_000
CROWD = """
    INSERT INTO reputation_ground
        (kind, member_id, actor_id, thing, thing_id, since, points, book_id, given_stamp)
    SELECT 'helpful', %(crowd)s, n, 'comment', n, now(), 2, %(book)s, 1
    FROM generate_series(1, %(many)s) AS n
"""


def test_a_run_reads_the_grounds_of_those_who_are_due(member):
    one, crowd = ground(member, Kind.SHIPPED), MemberFactory()
    with connection.cursor() as cursor:
        cursor.execute(CROWD, {"crowd": crowd.pk, "book": one.book_id, "many": MANY})
        cursor.execute("ANALYZE reputation_ground")
    BadgeDue.objects.create(member=member)
    with CaptureQueriesContext(connection) as captured:
        award()
    statements = [q["sql"] for q in captured.captured_queries if "earned (badge" in q["sql"]]
    assert len(statements) == 1
    scans = [
        node["Node Type"]
        for node in explain(statements[0], None)
        if node.get("Relation Name") == "reputation_ground"
    ]
    assert scans
    assert "Seq Scan" not in scans


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=histories, looks=st.sampled_from([1, 2, 5, 100]))
def test_any_history_comes_to_what_an_award_from_nothing_comes_to(cast, history, looks, deliver):
    try:
        with transaction.atomic():
            for begin in range(0, len(history), looks):
                live(cast, history[begin : begin + looks], test_applying.Ledger())
                deliver()
                award()
            seen = in_force()
            late = award_all()
            assert (late.given, late.revoked) == (0, 0)
            assert seen == plainly(cast)
            assert verify(from_log=False, progress=lambda _count: None).is_sound
            raise Undone
    except Undone:
        pass


def plainly(cast):
    """What so few deeds can bring, read from the ledger as plainly as can be said."""
    found = set()
    for one in cast:
        held = [row for row in one.grounds.all() if row.holds]
        kinds = [row.kind for row in held]
        each = {"planned": "pencilled-in", "shipped": "made-real", "built_on": "building-block",
                "credited": "on-board"}  # fmt: skip
        once = {"helpful": "good-point", "answered": "first-aid", "accepted": "loop-closed"}
        found |= {
            (one.pk, each[row.kind], row.thing, row.thing_id) for row in held if row.kind in each
        }
        found |= {(one.pk, once[kind], "", 0) for kind in kinds if kind in once}
        if {"planned", "answered", "built_on"} <= set(kinds):
            found.add((one.pk, "all-rounder", "", 0))
        found |= merged(one, held) | welcomed(one, held)
    return found


def merged(one, held):
    shares = [share for share in Share.objects.filter(member=one) if share.stamp % 2]
    ideas = {row.thing_id for row in held if row.kind == "credited"}
    return {
        (one.pk, "same-wavelength", "idea", share.idea_id)
        for share in shares
        if share.source == "merge" and share.idea_id in ideas
    }


def welcomed(one, held):
    joins = Member.objects.values_list("pk", "date_joined")
    joined = {pk: at + timedelta(days=7) for pk, at in joins}
    week = [
        row
        for row in held
        if row.kind in ("helpful", "answered")
        and row.actor_id in joined
        and row.since < joined[row.actor_id]
    ]
    return {(one.pk, "open-door", "", 0)} if week else set()
