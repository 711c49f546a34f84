"""Rising by numbers, falling after a time of grace, and coming back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from activity.models import EventRecord
from community.models import Member
from reputation import demands, services
from reputation.demands import Measure, to_rise, to_stay
from reputation.models import Deed, DeedKind, Grace, Ground, TrustChange
from tests.factories.community import MemberFactory
from tests.factories.reputation import earns, voted, was_active
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_large_site")]


def newcomer(**facts):
    joined = timezone.now() - timedelta(hours=25)
    return MemberFactory(**{"trust_level": 0, "date_joined": joined} | facts)


def did(member, deeds):
    Deed.objects.bulk_create(
        [Deed(member=member, kind=DeedKind.SUPPORTED, thing_id=n) for n in range(deeds)],
        ignore_conflicts=True,
    )


def level(member):
    services.review(member_ids=[member.pk])
    return Member.objects.get(pk=member.pk).trust_level


def by_night(member):
    services.review_all()
    return Member.objects.get(pk=member.pk).trust_level


class TestTheFirst:
    """A day with a confirmed address, and three active days or five deeds."""

    def test_five_deeds(self):
        member = newcomer()
        did(member, 4)
        assert level(member) == 0
        did(member, 5)
        assert level(member) == 1

    def test_three_active_days(self):
        member = newcomer()
        was_active(member, 2)
        assert level(member) == 0
        was_active(member, 3)
        assert level(member) == 1

    @pytest.mark.parametrize(
        "facts",
        [
            {"email_verified_at": None},
            {"date_joined": timezone.now() - timedelta(hours=23)},
            {"is_active": False},
        ],
    )
    def test_deeds_alone_do_not(self, facts):
        member = newcomer(**facts)
        did(member, 6)
        assert level(member) == 0

    def test_the_hour_finds_whose_day_has_passed(self):
        ready, old = newcomer(), newcomer(date_joined=timezone.now() - timedelta(days=31))
        for member in (ready, old):
            did(member, 5)
        assert services.review_newcomers() == 1
        assert TrustChange.objects.get().member == ready


@pytest.mark.parametrize(
    ("before", "measure"),
    [(after - 1, measure) for after in (2, 3) for measure in to_rise(after, small=False).all_of],
)
def test_one_short_of_anything_is_not_enough(before, measure):
    member = MemberFactory(trust_level=before)
    asked = to_rise(before + 1, small=False).all_of[measure]
    earns(member, before + 1, but={measure: asked - 1})
    assert level(member) == before


@pytest.mark.parametrize("after", [2, 3])
def test_exactly_what_is_asked_for_is(after):
    member = earns(MemberFactory(trust_level=after - 1), after)
    assert level(member) == after
    change = TrustChange.objects.get()
    assert (change.before, change.after, change.by) == (after - 1, after, None)
    assert change.evidence["rules"] == demands.VERSION
    assert change.evidence["counted"] == to_rise(after, small=False).all_of
    assert change.evidence["demanded"]["all_of"] == to_rise(after, small=False).all_of


def test_several_levels_at_once():
    member = newcomer()
    earns(member, 2)
    earns(member, 3)
    assert level(member) == 3
    steps = TrustChange.objects.order_by("pk").values_list("before", "after")
    assert list(steps) == [(0, 1), (1, 2), (2, 3)]


def test_votes_that_do_not_hold_do_not_count():
    member = earns(MemberFactory(), 2, but={Measure.VOTES_RECEIVED: 0})
    voted(member, by=7, given_stamp=2)
    voted(member, by=8, voided_stamp=3)
    assert level(member) == 1
    Ground.objects.filter(actor_id=8).update(voided_stamp=4)
    assert level(member) == 2


def test_a_small_site_asks_for_half(monkeypatch):
    monkeypatch.setattr(demands, "SMALL_SITE", 200)
    member = newcomer(date_joined=timezone.now() - timedelta(hours=13))
    did(member, 3)
    assert level(member) == 1
    assert TrustChange.objects.get().evidence["small_site"] is True


def test_again_changes_nothing():
    member = earns(MemberFactory(), 2)
    assert services.review(member_ids=[member.pk]) == 1
    assert services.review(member_ids=[member.pk]) == 0
    assert TrustChange.objects.count() == EventRecord.objects.count() == 1


class TestGrace:
    """Below nine tenths: 14 days to catch up, then the level is lost until it is earned anew."""

    @pytest.fixture
    def trusted(self):
        """Keeps the third level, but has been away for 20 days."""
        member = MemberFactory(trust_level=3)
        return earns(member, 3, but={Measure.DAYS_LATELY: 45})

    def test_nine_tenths_are_enough(self, trusted):
        assert to_stay(small=False).all_of == {
            Measure.DAYS_LATELY: 45,
            Measure.DISCUSSED_LATELY: 9,
            Measure.VOTES_LATELY: 18,
            Measure.VOTERS_LATELY: 5,
            Measure.VOTING_DAYS_LATELY: 7,
        }
        assert by_night(trusted) == 3
        assert not Grace.objects.exists()

    def test_the_calendar_takes_it_after_a_warning(self, trusted):
        now = timezone.now()
        with time_machine.travel(now + timedelta(days=56), tick=False):
            assert by_night(trusted) == 3
            grace = Grace.objects.get()
            assert grace.ends_at == timezone.now() + timedelta(days=14)
        with time_machine.travel(now + timedelta(days=69), tick=False):
            assert by_night(trusted) == 3
        with time_machine.travel(now + timedelta(days=70), tick=False):
            assert by_night(trusted) == 2
            assert not Grace.objects.exists()
            change = TrustChange.objects.get()
            assert (change.before, change.after) == (3, 2)
            assert change.evidence["counted"][Measure.DAYS_LATELY] < 45
        kinds = EventRecord.objects.order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["reputation.grace_began", "reputation.trust_changed"]

    def test_who_catches_up_keeps_it(self, trusted):
        with time_machine.travel(timezone.now() + timedelta(days=56), tick=False):
            by_night(trusted)
            was_active(trusted, 1)
            assert level(trusted) == 3
            assert not Grace.objects.exists()

    def test_it_comes_back_when_it_is_earned_anew(self, trusted):
        with time_machine.travel(timezone.now() + timedelta(days=56), tick=False):
            by_night(trusted)
        with time_machine.travel(timezone.now() + timedelta(days=70), tick=False):
            assert by_night(trusted) == 2
            earns(trusted, 3)
            assert level(trusted) == 3

    def test_a_warning_is_given_once(self, trusted):
        with time_machine.travel(timezone.now() + timedelta(days=56)):
            by_night(trusted)
            by_night(trusted)
        assert EventRecord.objects.filter(kind="reputation.grace_began").count() == 1

    def test_the_highest_is_never_lost(self):
        steward = MemberFactory(trust_level=4)
        with time_machine.travel(timezone.now() + timedelta(days=365)):
            assert by_night(steward) == 4
        assert not Grace.objects.exists()


def test_cost_does_not_grow_with_members(django_assert_num_queries):
    idle = [MemberFactory().pk for _number in range(3)]
    with django_assert_num_queries(6):
        services.review(member_ids=idle[:1])
    with django_assert_num_queries(6):
        services.review(member_ids=idle)
    with django_assert_num_queries(8):
        services.review_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_two_reviews_at_once_make_one_change():
    member = earns(MemberFactory(), 2)

    def look():
        return services.review(member_ids=[member.pk])

    results = at_once(look, look, look)
    assert failures(results) == []
    assert sorted(results) == [0, 0, 1]
    assert TrustChange.objects.count() == 1
