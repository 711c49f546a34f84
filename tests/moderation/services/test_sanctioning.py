import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from community.errors import Refused
from community.models import Member, Notification
from community.models.member import FOR_GOOD
from moderation.models import Clause, Sanction
from moderation.services import lift_sanction, sanction
from tests.factories.moderation import rules_in_force

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def clause(db):
    rules_in_force("spam")
    return Clause.objects.in_force().get()


@pytest.fixture
def imposed(member, moderator, clause):
    """`imposed("limit", lasts=DAY)` on Mara by Moira."""

    def impose(kind="suspension", **said):
        said = {"reason": "You sold lamps.", "clause": clause} | said
        return sanction(member=member, by=moderator, kind=kind, **said)

    return impose


def silence(member):
    return Member.objects.get(pk=member.pk).silenced_until


def test_a_warning_silences_nobody_and_counts_for_a_time(member, imposed):
    made = imposed("warning")
    assert silence(member) is None
    assert made.strike_until - made.imposed_at == timedelta(days=180)
    assert Sanction.objects.filter(member=member).strikes().weight() == 2
    with time_machine.travel(made.strike_until, tick=False):
        assert Sanction.objects.filter(member=member).strikes().weight() == 0


def test_a_suspension_ends_by_itself(member, imposed):
    made = imposed(lasts=7 * DAY)
    member.refresh_from_db()
    assert member.silenced_until == made.until
    assert member.is_silenced
    with time_machine.travel(made.until, tick=False):
        assert not member.is_silenced
        assert made.is_over


def test_the_longest_of_several_holds(member, imposed, admin_member):
    imposed("limit", lasts=DAY)
    longer = imposed(lasts=7 * DAY)
    imposed("limit", lasts=2 * DAY)
    assert silence(member) == longer.until
    lift_sanction(sanction=longer, by=admin_member, reason="It was a gift.")
    assert silence(member) == Sanction.objects.order_by("pk").last().until


def test_a_ban_has_no_end_until_it_is_lifted(member, admin_member, clause):
    ban = sanction(member=member, by=admin_member, kind="ban", clause=clause, reason="Enough.")
    assert silence(member) == FOR_GOOD
    lift_sanction(sanction=ban, by=admin_member, reason="It was somebody else.")
    assert silence(member) is None
    assert not Sanction.objects.strikes().exists()


def test_the_clause_says_how_grave_it_is_unless_the_moderator_does(imposed, clause):
    assert imposed("warning").severity == clause.severity == 2
    assert imposed("warning", severity=5).severity == 5


def test_misuse_is_measured_after_a_warning_for_it(imposed):
    warning = imposed("warning", misuse=True)
    measure = imposed(lasts=DAY, misuse=True, follows=warning)
    assert measure.follows == warning


def test_who_may_not_is_refused(member, stranger, moderator, clause):
    with pytest.raises(Refused) as refused:
        sanction(member=member, by=stranger, kind="warning", clause=clause, reason="I say so.")
    assert refused.value.code == "not_a_moderator"
    with pytest.raises(Refused) as refused:
        sanction(member=member, by=moderator, kind="ban", clause=clause, reason="Enough.")
    assert refused.value.code == "may_not_ban"
    assert not Sanction.objects.exists()


def test_it_is_lifted_once(imposed, admin_member):
    made = imposed(lasts=DAY)
    lift_sanction(sanction=made, by=admin_member, reason="It was a gift.")
    with pytest.raises(Refused) as refused:
        lift_sanction(sanction=made, by=admin_member, reason="Again.")
    assert refused.value.code == "over"


def test_the_member_hears_it_with_the_reason_and_not_from_whom(imposed, admin_member, deliver):
    made = imposed(lasts=DAY)
    lift_sanction(sanction=made, by=admin_member, reason="It was a gift.")
    deliver()
    told = Notification.objects.filter(kind__startswith="moderation.").order_by("pk")
    told = told.values_list("kind", "excerpt", "actor", "url")
    assert list(told) == [
        ("moderation.suspension_imposed", "You sold lamps.", None, "/sanctions/"),
        ("moderation.suspension_lifted", "It was a gift.", None, "/sanctions/"),
    ]


@pytest.mark.usefixtures("committed")
def test_of_two_moderators_at_once_neither_is_lost(member, moderator, other_moderator, clause):
    begin, errors = threading.Barrier(2), []

    def impose(by, days):
        try:
            begin.wait()
            sanction(member=member, by=by, kind="suspension", clause=clause, reason="Lamps.",
                     lasts=days * DAY)  # fmt: skip
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    work = [(moderator, 3), (other_moderator, 9)]
    threads = [threading.Thread(target=impose, args=args) for args in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert errors == []
    assert Sanction.objects.count() == 2
    assert silence(member) == max(Sanction.objects.values_list("until", flat=True))
    assert silence(member) > timezone.now() + 8 * DAY
