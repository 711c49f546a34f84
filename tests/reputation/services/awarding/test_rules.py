"""What each badge asks for: exactly so much, and no less."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reputation.badges import ALL
from reputation.kinds import Kind
from reputation.models import Ground, Holding, Share, SolvedFor
from reputation.services import award_all
from reputation.services.awarding.rules import RULES
from tests.factories.community import MemberFactory
from tests.factories.reputation import DAY, ground, solved

pytestmark = pytest.mark.django_db


def badges(member):
    """What a member has, once everybody is looked at."""
    award_all()
    return dict(Holding.objects.filter(member=member).values_list("badge", "times"))


def newcomer():
    return MemberFactory(date_joined=timezone.now() - DAY)


def helped(member, n, **facts):
    facts = {"thing": "comment", "number": n, "by": 9000 + n} | facts
    return ground(member, Kind.HELPFUL, **facts)


def answered(member, n, **facts):
    return ground(member, Kind.ANSWERED, **{"thing": "reply", "number": n, "by": 9000} | facts)


def accepted(member, n):
    return ground(member, Kind.ACCEPTED, thing="reply", number=n, by=member.pk)


def built_on(member, n):
    return ground(member, Kind.BUILT_ON, thing="comment", number=n)


def voted(member, n):
    return ground(member, Kind.SUPPORTED, by=9000 + n)


def planned(member, n):
    return ground(member, Kind.PLANNED, number=n)


def shipped(member, n):
    return ground(member, Kind.SHIPPED, number=n)


def had_a_part(member, n):
    return ground(member, Kind.CREDITED, number=n, by=member.pk)


def welcomed(member, n):
    helped(member, n, by=newcomer().pk)


def solved_more(kind):
    """Reply 1 is the answer of a question of theirs, or theirs; then it solves it for others."""

    def more(member, n):
        if n == 1:
            ground(member, kind, thing="reply", number=1, by=9000)
        solved(1, MemberFactory())

    return more


def commuted(member, n):
    """Five comments that helped, and one reply more each time."""
    if n == 1:
        for number in range(5):
            helped(member, number)
    helped(member, n, thing="reply")


def let_in(member, n):
    """An idea of theirs is shipped, and one more had a part in it."""
    if n == 1:
        shipped(member, 1)
    had_a_part(MemberFactory(), 1)


ASKED = {
    "good-point": (helped, 1),
    "first-aid": (answered, 1),
    "loop-closed": (accepted, 1),
    "spark": (voted, 10),
    "pencilled-in": (planned, 1),
    "building-block": (built_on, 1),
    "on-board": (had_a_part, 1),
    "open-door": (welcomed, 1),
    "chorus": (voted, 50),
    "hat-trick": (planned, 3),
    "whole-wall": (built_on, 5),
    "worth-reading": (lambda member, n: helped(member, 1, by=9000 + n), 10),
    "commuter": (commuted, 5),
    "helping-hand": (answered, 10),
    "good-question": (solved_more(Kind.ACCEPTED), 5),
    "spare-key": (solved_more(Kind.ANSWERED), 5),
    "steady-hand": (lambda member, n: helped(member, n, days_ago=2 * (n - 1)), 7),
    "hospitality": (welcomed, 5),
    "made-real": (shipped, 1),
    "track-record": (shipped, 3),
    "many-hands": (let_in, 3),
    "five-bridges": (had_a_part, 5),
    "groundswell": (voted, 200),
    "lighthouse": (answered, 50),
    "master-key": (solved_more(Kind.ANSWERED), 25),
    "evergreen": (lambda member, n: helped(member, n, days_ago=31 * n), 12),
    "heart-of-the-house": (welcomed, 25),
}
# Several things at once; each has a test of its own below.
OTHERS = {"two-heads", "same-wavelength", "all-rounder"}


def test_every_badge_has_a_rule_and_a_test():
    assert list(RULES) == [badge.slug for badge in ALL]
    assert set(ASKED) | OTHERS == set(RULES)


@pytest.mark.parametrize("slug", ASKED)
def test_exactly_what_is_asked_for_is_enough(member, slug):
    happen, number = ASKED[slug]
    for n in range(1, number):
        happen(member, n)
    assert slug not in badges(member)
    happen(member, number)
    assert badges(member)[slug] == 1


@pytest.mark.parametrize("slug", [badge.slug for badge in ALL if badge.slug in ASKED])
def test_what_does_not_hold_is_nothing(member, slug):
    happen, number = ASKED[slug]
    for n in range(1, number + 1):
        happen(member, n)
    Ground.objects.update(hidden_stamp=3)
    assert badges(member) == {}


def test_some_are_had_again_by_each_thing_and_some_once(member):
    for n in range(1, 5):
        shipped(member, n)
        answered(member, n)
    assert badges(member) == {"made-real": 4, "track-record": 1, "first-aid": 1}
    assert Holding.objects.get(badge="first-aid").thing == ""


def part(member, source, **facts):
    had_a_part(member, 1)
    return Share.objects.create(member=member, idea_id=1, source=source, source_id=5, stamp=1)


@pytest.mark.parametrize(
    ("source", "slug"), [("co_author", "two-heads"), ("merge", "same-wavelength")]
)
def test_a_part_in_a_shipped_idea_by_what_it_is(member, source, slug):
    share = part(member, source)
    assert badges(member) == {"on-board": 1, slug: 1}
    share.stamp = 2
    share.save()
    assert badges(member) == {"on-board": 1}


def test_a_credit_alone_is_neither(member):
    part(member, "contribution")
    assert badges(member) == {"on-board": 1}


def test_two_merged_into_one_are_on_the_same_wavelength_once(member):
    part(member, "merge")
    Share.objects.create(member=member, idea_id=1, source="merge", source_id=6, stamp=1)
    assert badges(member)["same-wavelength"] == 1


@pytest.mark.parametrize("missing", [planned, answered, built_on])
def test_an_all_rounder_did_all_three(member, missing):
    for happen in {planned, answered, built_on} - {missing}:
        happen(member, 1)
    assert "all-rounder" not in badges(member)
    missing(member, 1)
    assert badges(member)["all-rounder"] == 1


class TestNewcomers:
    """Who is in the first week; each counts once."""

    def test_a_week_is_seven_days(self, member):
        joined = timezone.now() - timedelta(days=30)
        new = MemberFactory(date_joined=joined)
        late = joined + timedelta(days=7)
        one = helped(member, 1, by=new.pk, since=late)
        assert "open-door" not in badges(member)
        Ground.objects.filter(pk=one.pk).update(since=late - timedelta(seconds=1))
        assert "open-door" in badges(member)

    def test_an_accepted_answer_helps_as_well(self, member):
        answered(member, 1, by=newcomer().pk)
        assert "open-door" in badges(member)

    def test_the_same_newcomer_five_times_is_one(self, member):
        new = newcomer()
        for n in range(5):
            helped(member, n, by=new.pk)
        assert "hospitality" not in badges(member)


def test_seven_days_are_to_lie_within_two_weeks(member):
    for n in range(6):
        helped(member, n, days_ago=2 * n)
    helped(member, 6, days_ago=14)
    assert "steady-hand" not in badges(member)
    Ground.objects.filter(thing_id=6).update(since=timezone.now() - 13 * DAY)
    assert "steady-hand" in badges(member)


def test_many_marks_on_one_day_are_one_day(member):
    for n in range(9):
        helped(member, n)
    assert "steady-hand" not in badges(member)


def test_a_problem_of_whoever_asked_is_not_one_more(member):
    asker = MemberFactory()
    answered(member, 1, by=asker.pk)
    for one in [asker, *MemberFactory.create_batch(4)]:
        solved(1, one)
    assert "spare-key" not in badges(member)
    solved(1, MemberFactory())
    assert "spare-key" in badges(member)


def test_a_problem_that_is_not_solved_after_all_does_not_count(member):
    for n in range(1, 6):
        solved_more(Kind.ANSWERED)(member, n)
    one = SolvedFor.objects.first()
    SolvedFor.objects.filter(reply_id=1, member=one.member_id).update(stamp=2)
    assert "spare-key" not in badges(member)


def test_it_is_earned_when_the_last_of_it_happened(member):
    for n in range(1, 4):
        shipped(member, n)
    second = timezone.now() - 5 * DAY
    for n, ago in ((1, 30), (2, 5), (3, 9)):
        Ground.objects.filter(thing_id=n).update(since=timezone.now() - ago * DAY)
    badges(member)
    earned = Holding.objects.get(badge="track-record").latest_at
    assert abs(earned - second) < timedelta(minutes=1)
