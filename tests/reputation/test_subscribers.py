from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import EventRecord
from activity.services import replay_from
from community.models import Mail, Notification
from ideas.services.discussing import comment as say
from ideas.services.supporting import give_support
from reputation import services, tasks
from reputation.kinds import Kind
from reputation.models import Deed, Grace, TrustChange
from reputation.services import evidence
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory, supported
from tests.factories.reputation import DAY, earns, ground

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(idea, board):
    """Joined yesterday, and has just done all that a small site asks for."""
    joined = timezone.now() - timedelta(days=1)
    member = MemberFactory(trust_level=0, date_joined=joined)
    give_support(idea=idea, member=member)
    give_support(idea=IdeaFactory(board=board), member=member)
    say(idea=idea, by=member, body="Good.")
    return member


def test_deeds_bring_trust(busy, deliver):
    deliver()
    busy.refresh_from_db()
    assert busy.trust_level == 1
    assert Deed.objects.filter(member=busy).count() == 3


@pytest.mark.parametrize("name", ["keep_evidence", "review_those_who_act"])
def test_a_replay_changes_nothing(busy, deliver, name):
    deliver()
    deliver()
    first = EventRecord.objects.earliest("id").pk
    replay_from(subscriber=f"reputation.{name}", event_id=first)
    assert deliver() >= 3
    assert TrustChange.objects.count() == 1


def test_a_vote_brings_trust_to_whom_it_was_given(idea, author, supporter, deliver):
    """What the vote itself counts is known from the ledger; here everything else has waited."""
    earns(author, 2)
    give_support(idea=idea, member=supporter)
    deliver()
    author.refresh_from_db()
    assert author.trust_level == 2


def test_the_hourly_task_finds_them_too(busy):
    keep(busy)
    tasks.review_newcomers()
    busy.refresh_from_db()
    assert busy.trust_level == 1


def keep(member):
    """What the log says, without a review."""
    kinds = {cls.kind: cls for cls in evidence.DEEDS}
    rows = EventRecord.objects.filter(kind__in=kinds, actor_id=member.pk)
    evidence.keep(
        deeds=[
            kinds[row.kind].from_row(
                row.payload, event_id=row.pk, actor_id=row.actor_id, occurred_at=row.occurred_at
            )
            for row in rows
        ]
    )


class TestWhatMembersHear:
    def told(self, member):
        found = Notification.objects.get(member=member)
        return found.sentence, found.excerpt

    def test_a_level_gained(self, busy, deliver):
        deliver()
        deliver()
        sentence, excerpt = self.told(busy)
        assert sentence == "You have reached a trust level: Member"
        assert excerpt.startswith("See what you can do from now on")

    def test_in_their_own_language(self, busy, deliver):
        busy.language = "de"
        busy.save()
        deliver()
        deliver()
        assert Notification.objects.get(member=busy).subject == "Mitglied"

    def test_a_level_at_stake_and_lost(self, deliver):
        member = MemberFactory(trust_level=3)
        services.review_all()
        deliver()
        sentence, excerpt = self.told(member)
        assert sentence == "You are about to lose a trust level: Trusted"
        assert "You keep it if you catch up by" in excerpt
        Notification.objects.all().delete()
        Grace.objects.update(began_at=timezone.now() - 14 * DAY, ends_at=timezone.now())
        tasks.review_all()
        deliver()
        assert self.told(member)[0] == "Your trust level is now: Regular"

    def test_a_level_by_hand_with_the_reason(self, member, admin_member, deliver):
        services.appoint(member=member, by=admin_member, reason="You run the meet-ups.")
        deliver()
        assert self.told(member) == (
            "You have reached a trust level: Steward", "You run the meet-ups.",
        )  # fmt: skip
        Notification.objects.all().delete()
        services.dismiss(member=member, by=admin_member, reason="You asked for a rest.")
        deliver()
        assert self.told(member) == (
            "A manager has changed your trust level to: Regular", "You asked for a rest.",
        )  # fmt: skip


class TestBadges:
    """Each is told in their own language, once, on the page."""

    def earn(self, *members):
        for number, member in enumerate(members):
            ground(member, Kind.SHIPPED, number=number + 1)
        tasks.award_all_badges()

    def test_a_badge_earned(self, member, deliver):
        self.earn(member)
        deliver()
        found = Notification.objects.get(member=member)
        assert found.sentence == "You have earned a badge: Made real"
        assert found.excerpt == "An idea of yours is shipped."
        assert found.url == "/badges/made-real/"
        assert not Mail.objects.exists()

    def test_in_the_language_of_each(self, member, stranger, deliver):
        member.language = "de"
        member.save()
        self.earn(member, stranger)
        deliver()
        told = dict(Notification.objects.values_list("member", "subject"))
        assert told == {member.pk: "Wahr geworden", stranger.pk: "Made real"}

    def test_a_replay_tells_nobody_again(self, member, deliver):
        self.earn(member)
        deliver()
        first = EventRecord.objects.earliest("id").pk
        replay_from(subscriber="reputation.tell_of_badges", event_id=first)
        assert deliver() >= 1
        assert Notification.objects.count() == 1

    def test_the_task_of_the_minute_finds_who_is_due(self, idea, deliver):
        supported(idea, 10)
        deliver()
        tasks.award_badges()
        deliver()
        assert Notification.objects.get(kind="reputation.badge_earned").subject == "Spark"
