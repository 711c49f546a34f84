"""What members choose about being told."""

from datetime import time

import pytest
import time_machine

from community import services, wording
from community.errors import Refused
from community.models import Mail, Notification, NotificationChoice
from community.services import choosing
from tests.community.services.test_notifying import told
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db

# Every group, and what it was before.
PAGE, AT_ONCE, DAILY, WEEKLY = "page", "at_once", "daily", "weekly"


@pytest.fixture
def talk(words):
    """A group that test.told belongs to."""
    wording.add_group(wording.Group("talk", "Talk", "What is said."))
    wording.add("test.told", wording.Wording("%(actor)s on %(subject)s", "x", "why", "talk"))
    yield "talk"
    wording._GROUPS.pop("talk")


@pytest.mark.parametrize(
    ("delivery", "mails", "digest"),
    [(PAGE, 0, ""), (AT_ONCE, 1, ""), (DAILY, 0, DAILY), (WEEKLY, 0, WEEKLY)],
)
def test_a_group_comes_as_chosen_and_is_always_on_the_page(member, talk, delivery, mails, digest):
    services.choose(member=member, deliveries={talk: delivery})
    told(member)
    assert Notification.objects.get().wants_digest == digest
    assert Mail.objects.count() == mails


def test_who_chose_nothing_gets_the_groups_own_way(member, talk):
    assert services.choices_of(member)[talk] == AT_ONCE
    told(member)
    assert Mail.objects.count() == 1


def test_a_choice_is_changed_not_added(member, talk):
    services.choose(member=member, deliveries={talk: DAILY})
    services.choose(member=member, deliveries={talk: WEEKLY})
    assert NotificationChoice.objects.get().delivery == WEEKLY
    assert services.choices_of(member)[talk] == WEEKLY


def test_nobody_chooses_about_what_must_be_told(member, talk):
    wording.add_group(wording.Group("talk", "Talk", "", binding=True))
    NotificationChoice.objects.create(member=member, group=talk, delivery=PAGE)
    told(member)
    assert Mail.objects.count() == 1
    assert talk not in services.choices_of(member)
    with pytest.raises(Refused):
        services.choose(member=member, deliveries={talk: PAGE})


@pytest.mark.parametrize(
    ("deliveries", "code"),
    [({"no-such": PAGE}, "unknown_group"), ({"talk": "pigeon"}, "unknown_delivery")],
)
def test_what_there_is_not_cannot_be_chosen(member, talk, deliveries, code):
    with pytest.raises(Refused) as refused:
        services.choose(member=member, deliveries=deliveries)
    assert refused.value.code == code
    assert not NotificationChoice.objects.exists()


@time_machine.travel("2026-03-04 23:30 +0100", tick=False)
def test_mail_at_once_waits_for_the_end_of_quiet_hours(member, stranger, talk):
    services.set_hours(member=member, digest_hour=8, quiet_from=time(22), quiet_until=time(7))
    told(member, stranger)
    due = {m.member.handle: m.due_at.isoformat() for m in Mail.objects.all()}
    assert due["mara"] == "2026-03-05T06:00:00+00:00"
    assert due["tom"] == "2026-03-04T22:30:00+00:00"
    assert services.send_waiting() == 1


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (time(22), None, "half_quiet"),
        (None, time(7), "half_quiet"),
        (time(7), time(7), "never_loud"),
    ],
)
def test_quiet_hours_begin_and_end(member, start, end, code):
    with pytest.raises(Refused) as refused:
        services.set_hours(member=member, digest_hour=8, quiet_from=start, quiet_until=end)
    assert refused.value.code == code


def test_stopping_a_digest_leaves_its_groups_on_the_page(member, talk):
    services.choose(member=member, deliveries={talk: DAILY})
    told(member)
    assert choosing.stop_digest(member=member, period=DAILY) == [talk]
    assert services.choices_of(member)[talk] == PAGE
    assert not Notification.objects.for_digests().exists()


def test_telling_costs_the_same_whatever_was_chosen(talk, django_assert_num_queries):
    crowd = MemberFactory.create_batch(9)
    for number, member in enumerate(crowd):
        delivery = (PAGE, AT_ONCE, DAILY)[number % 3]
        services.choose(member=member, deliveries={talk: delivery})
    # As in test_notifying, and one for the mark of the daily ones.
    with django_assert_num_queries(10):
        told(*crowd)


@pytest.mark.parametrize(
    ("now", "waits_for"), [(PAGE, ""), (AT_ONCE, DAILY), (DAILY, DAILY), (WEEKLY, WEEKLY)]
)
def test_what_waits_for_a_digest_follows_the_choice(member, talk, now, waits_for):
    services.choose(member=member, deliveries={talk: DAILY})
    told(member)
    services.choose(member=member, deliveries={talk: now})
    assert Notification.objects.get().wants_digest == waits_for


def test_a_choice_leaves_alone_what_waits_for_others(member, stranger, talk):
    for each in (member, stranger):
        services.choose(member=each, deliveries={talk: DAILY})
    told(member, stranger)
    services.choose(member=member, deliveries={talk: PAGE, "comments": WEEKLY})
    assert Notification.objects.for_digests().get().member == stranger


def test_who_switches_mail_off_does_not_find_it_in_a_later_digest(member, stranger, talk):
    for each in (member, stranger):
        services.choose(member=each, deliveries={talk: DAILY})
    told(member, stranger)
    services.want_mails(member=member, wanted=False)
    services.want_mails(member=member, wanted=True)
    assert Notification.objects.for_digests().get().member == stranger


def test_all_changes_or_none(member, talk):
    with pytest.raises(Refused):
        choosing.change(member=member, deliveries={"no-such": PAGE}, mails=False, digest_hour=3)
    member.refresh_from_db()
    assert (member.mails, member.digest_hour) == (True, 8)
    changed = choosing.change(member=member, deliveries={talk: DAILY}, digest_hour=3)
    assert (changed.mails, changed.digest_hour) == (True, 3)
    assert services.choices_of(member)[talk] == DAILY


def test_a_teams_work_is_nothing_to_choose_about_for_others(member, team_member):
    team_member.refresh_from_db()
    assert "teamwork" in services.choices_of(team_member)
    assert "teamwork" not in services.choices_of(member)
    with pytest.raises(Refused):
        services.choose(member=member, deliveries={"teamwork": PAGE})
