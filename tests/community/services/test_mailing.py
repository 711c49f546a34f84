import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from community import services, wording
from community.models import Mail
from community.services import mailing
from tests.factories.community import MemberFactory, NotificationFactory

pytestmark = pytest.mark.django_db


class Refusing:
    """A mail server that has had enough. `left` says how many mails it still takes."""

    left = 0

    def __init__(self, **options):
        self.closed = 0

    def open(self):
        pass

    def close(self):
        pass

    def send_messages(self, messages):
        cls = type(self)
        if cls.left <= 0:
            raise smtplib.SMTPServerDisconnected("busy")
        cls.left -= 1
        return len(messages)


class Absent(Refusing):
    def open(self):
        raise ConnectionRefusedError("nobody there")


def by(backend):
    return override_settings(MAILERS={"default": {"BACKEND": f"{__name__}.{backend.__name__}"}})


def waiting(**changes):
    return Mail.objects.create(notification=NotificationFactory(**changes))


def test_a_mail_goes_out_once(words):
    mail = waiting(actor=MemberFactory(display_name="Anouk"))
    assert services.send_waiting() == 1
    assert services.send_waiting() == 0
    mail.refresh_from_db()
    assert (mail.attempts, mail.claimed_at) == (1, None)
    assert mail.sent_at is not None
    (letter,) = outbox.outbox
    assert letter.subject == "Anouk said so on A charging point at every bakery"
    assert "http://127.0.0.1:8000/ideas/1/" in letter.body
    assert "You follow it." in letter.body


@pytest.mark.parametrize("change", [{"mails": False}, {"is_active": False}])
def test_who_changed_their_mind_gets_nothing(words, change):
    mail = waiting()
    type(mail.notification.member).objects.update(**change)
    services.send_waiting()
    assert outbox.outbox == []
    mail.refresh_from_db()
    assert mail.given_up_at is not None


def test_what_was_read_on_the_page_meanwhile_is_not_mailed(words):
    wording.add_group(wording.Group("talk", "Talk", "What is said."))
    wording.add("test.spoke", wording.Wording("%(actor)s", "x", "why", "talk"))
    mail = waiting(kind="test.spoke", read_at=timezone.now())
    bound = waiting(kind="test.told", read_at=timezone.now())
    services.send_waiting()
    wording._GROUPS.pop("talk")
    wording._WORDINGS.pop("test.spoke")
    assert [letter.to for letter in outbox.outbox] == [[bound.member.email]]
    mail.refresh_from_db()
    assert mail.error == "Read on the page already."


@time_machine.travel("2026-03-04 22:30 +0100", tick=False)
def test_a_mail_that_was_late_waits_for_the_end_of_quiet_hours(words):
    """The mail server was away, say, until they began."""
    mail = waiting(member__quiet_from=time(22), member__quiet_until=time(7))
    loud = waiting()
    Mail.objects.update(due_at=timezone.now())
    assert services.send_waiting() == 1
    assert [letter.to for letter in outbox.outbox] == [[loud.member.email]]
    mail.refresh_from_db()
    assert (mail.attempts, mail.claimed_at) == (0, None)
    assert mail.due_at.isoformat() == "2026-03-05T06:00:00+00:00"


def test_a_claim_keeps_others_away_until_it_runs_out():
    mail = waiting()
    assert [claimed.pk for claimed in mailing.claim()] == [mail.pk]
    # The worker is killed here.
    assert mailing.claim() == []
    Mail.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert [claimed.pk for claimed in mailing.claim()] == [mail.pk]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_mail():
    mails = [waiting() for _number in range(40)]

    def claim(_number):
        try:
            return [mail.pk for mail in mailing.claim()]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = [pk for pks in pool.map(claim, range(4)) for pk in pks]
    assert sorted(taken) == [mail.pk for mail in mails]


def test_failures_rest_longer_each_time_and_end():
    mail = waiting()
    rests = []
    with by(Refusing):
        for _attempt in range(mailing.MOST_ATTEMPTS):
            Mail.objects.update(due_at=timezone.now())
            services.send_waiting()
            mail.refresh_from_db()
            rests.append(round((mail.due_at - timezone.now()).total_seconds() / 60))
    assert rests == [1, 5, 15, 60, 240, 0]
    assert mail.attempts == mailing.MOST_ATTEMPTS
    assert mail.given_up_at is not None
    assert "busy" in mail.error
    assert mail.notification.pk is not None


def test_a_server_that_fails_all_the_time_ends_the_round():
    for _number in range(8):
        waiting()
    with by(Refusing):
        assert services.send_waiting() == 0
    assert Mail.objects.filter(attempts=1).count() == mailing.CIRCUIT_BREAKS_AT
    assert Mail.objects.filter(attempts=0, claimed_at=None).count() == 5


def test_a_server_that_is_not_there_costs_no_attempt():
    waiting()
    with by(Absent):
        assert services.send_waiting() == 0
    assert Mail.objects.get().attempts == 0


def test_one_bad_mail_does_not_stop_the_others(words, monkeypatch):
    bad, good = waiting(), waiting()
    write = mailing.letters.of

    def of(mail):
        if mail.pk == bad.pk:
            raise ValueError("cannot be written")
        return write(mail)

    monkeypatch.setattr(mailing.letters, "of", of)
    assert services.send_waiting() == 1
    good.refresh_from_db()
    assert good.sent_at is not None


def test_the_admin_can_send_again(words):
    mail = waiting()
    services.send_waiting()
    services.resend(mail=mail)
    services.send_waiting()
    assert len(outbox.outbox) == 2
