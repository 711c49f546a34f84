from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from activity.services import record
from community.events import AddressConfirmed
from ideas.events import CommentPosted, IdeaOpened, SupportGiven, SupportWithdrawn
from reputation import demands, services
from reputation.demands import Demands
from reputation.models import TrustChange
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _large_site(monkeypatch):
    """Full thresholds, unless a test says otherwise."""
    monkeypatch.setattr(demands, "SMALL_SITE", 0)


def newcomer(**facts):
    joined = timezone.now() - timedelta(hours=25)
    return MemberFactory(**{"trust_level": 0, "date_joined": joined} | facts)


def act(member, kind=SupportGiven, *, days_ago=0, idea=1, comment=1):
    facts = {"idea_id": idea, "author_id": 1}
    if kind in (SupportGiven, SupportWithdrawn):
        facts["member_id"] = member.pk
    if kind is IdeaOpened:
        facts["board_id"] = 1
    if kind is CommentPosted:
        facts |= {
            "comment_id": comment, "parent_id": None, "comment_kind": "comment", "official": False,
        }  # fmt: skip
    moment = timezone.now() - timedelta(days=days_ago)
    with transaction.atomic():
        record(kind(**facts), actor=member, occurred_at=moment)


def level(member):
    services.review(member_ids=[member.pk])
    member.refresh_from_db()
    return member.trust_level


def test_five_deeds_earn_trust():
    member = newcomer()
    act(member, IdeaOpened, idea=1)
    for idea in (2, 3):
        act(member, idea=idea)
    act(member, CommentPosted, idea=2, comment=1)
    assert level(member) == 0
    act(member, CommentPosted, idea=2, comment=2)
    assert level(member) == 1


def test_three_active_days_earn_trust():
    member = newcomer()
    act(member, days_ago=0)
    act(member, days_ago=1)
    act(member, days_ago=1)
    assert level(member) == 0
    act(member, days_ago=2)
    assert level(member) == 1


def test_the_same_vote_given_again_is_one_deed():
    member = newcomer()
    for _time in range(6):
        act(member)
        act(member, SupportWithdrawn)
    assert level(member) == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"email_verified_at": None},
        {"date_joined": timezone.now() - timedelta(hours=23)},
        {"is_active": False},
    ],
)
def test_deeds_alone_do_not(facts):
    member = newcomer(**facts)
    for idea in range(6):
        act(member, idea=idea)
    assert level(member) == 0


def test_a_small_site_asks_for_half(monkeypatch):
    monkeypatch.setattr(demands, "SMALL_SITE", 200)
    member = newcomer(date_joined=timezone.now() - timedelta(hours=13))
    for idea in range(3):
        act(member, idea=idea)
    assert level(member) == 1
    assert demands.demands_for_trust_1(199) == Demands(timedelta(hours=12), 2, 3)
    assert demands.demands_for_trust_1(200) == Demands(timedelta(hours=24), 3, 5)


def test_the_evidence_is_kept():
    member = newcomer()
    for idea in range(5):
        act(member, idea=idea)
    assert level(member) == 1
    change = TrustChange.objects.get()
    assert (change.member, change.before, change.after) == (member, 0, 1)
    assert change.evidence == {
        "rules": 1,
        "hours": 25,
        "active_days": 1,
        "deeds": 5,
        "demanded": {"hours": 24, "active_days": 3, "or_deeds": 5},
    }


def test_again_changes_nothing():
    member = newcomer()
    for idea in range(5):
        act(member, idea=idea)
    assert services.review(member_ids=[member.pk]) == 1
    assert services.review(member_ids=[member.pk]) == 0
    assert TrustChange.objects.count() == 1


def test_higher_levels_are_left_alone():
    member = newcomer(trust_level=3)
    for idea in range(5):
        act(member, idea=idea)
    assert level(member) == 3


def test_the_clock_finds_whose_day_has_passed():
    ready, old = newcomer(), newcomer(date_joined=timezone.now() - timedelta(days=31))
    for member in (ready, old):
        for idea in range(5):
            act(member, idea=idea)
    assert services.review_newcomers() == 1
    assert TrustChange.objects.get().member == ready


def test_cost_does_not_grow_with_members(django_assert_num_queries):
    idle = [newcomer().pk for _number in range(3)]
    with django_assert_num_queries(5):
        services.review(member_ids=idle[:1])
    with django_assert_num_queries(5):
        services.review(member_ids=idle)


def test_changes_are_kept_as_written():
    change = TrustChange.objects.create(member=newcomer(), before=0, after=1, evidence={})
    for deed in (lambda: change.delete(), lambda: TrustChange.objects.update(after=2)):
        with pytest.raises(Error, match="pgtrigger"), transaction.atomic():
            deed()


def test_a_confirmed_address_alone_is_no_deed():
    member = newcomer()
    with transaction.atomic():
        record(AddressConfirmed(member_id=member.pk), actor=member)
    assert level(member) == 0
