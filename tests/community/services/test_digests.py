"""One e-mail for what happened in a day or a week."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.db import connection

from community import services
from community.models import Digest, Mail, Notification
from community.services import digests
from tests.factories.community import MemberFactory, NotificationFactory

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def waiting(member, period="daily", **changes):
    return NotificationFactory(member=member, wants_digest=period, **changes)


def test_what_waits_becomes_one_mail(member, words):
    first = waiting(member, actor=MemberFactory(display_name="Ben"), subject="A lamp")
    waiting(member, topic="idea:2", subject="A bench", url="/ideas/2/")
    waiting(member, actor=MemberFactory(display_name="Eva"), subject="A lamp")
    assert digests.make_due(now=WEDNESDAY) == 1
    assert Digest.objects.get().day == date(2026, 3, 4)
    assert services.send_waiting() == 1
    (letter,) = outbox.outbox
    assert letter.subject == "News on “A lamp” and 1 other thing"
    assert "Ben said so on A lamp\n- Eva said so on A lamp" in letter.body
    assert "http://127.0.0.1:8000/ideas/2/" in letter.body
    assert "You chose to hear of this once a day." in letter.body
    first.refresh_from_db()
    assert first.digest == Digest.objects.get()


def test_nothing_is_sent_when_nothing_waits(member):
    NotificationFactory(member=member)
    assert digests.make_due(now=WEDNESDAY) == 0
    assert not Digest.objects.exists()


def test_a_day_has_one_digest_and_the_next_day_the_next(member):
    waiting(member)
    assert digests.make_due(now=WEDNESDAY) == 1
    waiting(member)
    assert digests.make_due(now=WEDNESDAY + timedelta(hours=3)) == 0
    assert digests.make_due(now=WEDNESDAY + DAY) == 1
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    ("zone", "hour", "now", "made"),
    [
        ("Europe/Berlin", 8, datetime(2026, 3, 4, 6, 59, tzinfo=UTC), 0),
        ("Europe/Berlin", 8, datetime(2026, 3, 4, 7, 0, tzinfo=UTC), 1),
        ("Asia/Tokyo", 8, datetime(2026, 3, 3, 23, 0, tzinfo=UTC), 1),
        ("America/Los_Angeles", 20, datetime(2026, 3, 4, 3, 59, tzinfo=UTC), 0),
        ("America/Los_Angeles", 20, datetime(2026, 3, 4, 4, 0, tzinfo=UTC), 1),
    ],
)
def test_it_comes_at_the_members_own_hour(zone, hour, now, made):
    waiting(MemberFactory(time_zone=zone, digest_hour=hour))
    assert digests.make_due(now=now) == made


def test_the_weekly_one_comes_on_monday_or_when_the_worker_is_back(member):
    waiting(member, "weekly")
    assert digests.make_due(now=WEDNESDAY) == 1
    assert Digest.objects.get().day == date(2026, 3, 2)
    waiting(member, "weekly")
    assert digests.make_due(now=WEDNESDAY + 4 * DAY) == 0
    assert digests.make_due(now=datetime(2026, 3, 9, 6, tzinfo=UTC)) == 0
    assert digests.make_due(now=datetime(2026, 3, 9, 7, tzinfo=UTC)) == 1


@pytest.mark.parametrize(
    "change", [{"mails": False}, {"is_active": False}, {"mail_stopped_at": WEDNESDAY}]
)
def test_who_is_not_reached_gets_none(change):
    waiting(MemberFactory(**change))
    assert digests.make_due(now=WEDNESDAY) == 0


def test_what_was_muted_meanwhile_is_left_out(member):
    muted = waiting(member)
    services.mute(member=member, topic=muted.topic)
    assert digests.make_due(now=WEDNESDAY) == 0
    assert not Digest.objects.exists()
    assert not Notification.objects.for_digests().exists()


def test_what_was_read_meanwhile_is_left_out(member, words):
    waiting(member, read_at="2026-03-04T08:00Z")
    assert digests.make_due(now=WEDNESDAY) == 0
    waiting(member, read_at="2026-03-04T08:00Z", subject="A lamp")
    waiting(member, subject="A bench", topic="idea:2")
    digests.make_due(now=WEDNESDAY)
    services.send_waiting()
    (letter,) = outbox.outbox
    assert "A bench" in letter.body
    assert "A lamp" not in letter.body


def test_what_waited_too_long_is_no_news(member):
    waiting(member, created_at=WEDNESDAY - 16 * DAY)
    assert digests.make_due(now=WEDNESDAY) == 0
    waiting(member, created_at=WEDNESDAY - 14 * DAY)
    assert digests.make_due(now=WEDNESDAY) == 1


def test_a_digest_that_is_gone_tells_nothing_anew(member):
    waiting(member)
    digests.make_due(now=WEDNESDAY)
    Digest.objects.all().delete()
    assert digests.make_due(now=WEDNESDAY + DAY) == 0


@time_machine.travel("2026-03-04 08:30 +0100", tick=False)
def test_quiet_hours_are_quiet_for_digests_too(member, words):
    services.set_hours(member=member, digest_hour=8, quiet_from=time(22), quiet_until=time(9))
    waiting(member)
    assert digests.make_due() == 1
    assert services.send_waiting() == 0
    assert outbox.outbox == []
    with time_machine.travel("2026-03-04 09:00 +0100", tick=False):
        assert services.send_waiting() == 1


@pytest.mark.parametrize(
    ("hour", "now", "made"),
    [
        # The clocks go forward from two to three: two o'clock is when it is three.
        (2, datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 0),
        (2, datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 1),
        # They go back from three to two: the first of both counts.
        (2, datetime(2026, 10, 24, 23, 59, tzinfo=UTC), 0),
        (2, datetime(2026, 10, 25, 0, 0, tzinfo=UTC), 1),
        (8, datetime(2026, 3, 29, 5, 59, tzinfo=UTC), 0),
        (8, datetime(2026, 3, 29, 6, 0, tzinfo=UTC), 1),
    ],
)
def test_a_day_on_which_the_clocks_change_has_one(hour, now, made):
    member = MemberFactory(digest_hour=hour)
    waiting(member, created_at=now)
    assert digests.make_due(now=now) == made
    waiting(member, created_at=now)
    assert digests.make_due(now=now + timedelta(hours=1)) == 1 - made


def test_a_worker_killed_while_making_leaves_all_or_nothing(member, monkeypatch):
    waiting(member)

    def killed(**fields):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Mail.objects, "create", killed)
        with pytest.raises(KeyboardInterrupt):
            digests.make_due(now=WEDNESDAY)
    assert not Digest.objects.exists()
    assert Notification.objects.for_digests().count() == 1
    assert digests.make_due(now=WEDNESDAY) == 1


def test_a_digest_sent_twice_has_one_name(member, words):
    waiting(member)
    digests.make_due(now=WEDNESDAY)
    services.send_waiting()
    services.resend(mail=Mail.objects.get())
    services.send_waiting()
    names = {letter.message()["Message-ID"] for letter in outbox.outbox}
    assert len(outbox.outbox) == 2
    assert names == {f"<digest-{Digest.objects.get().pk}@127.0.0.1>"}


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_make_one(committed):
    for member in MemberFactory.create_batch(5):
        waiting(member)

    def work(_number):
        try:
            return digests.make_due(now=WEDNESDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 5
    assert Mail.objects.count() == 5


def test_members_who_wait_cost_the_same_to_find(member, django_assert_num_queries):
    digests.make_due(now=WEDNESDAY - timedelta(hours=12))
    for each in MemberFactory.create_batch(5):
        waiting(each)
    # Before their hour: who waits, and what they had.
    with django_assert_num_queries(2):
        assert digests.make_due(now=datetime(2026, 3, 4, 1, tzinfo=UTC)) == 0
