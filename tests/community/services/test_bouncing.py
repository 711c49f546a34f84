"""E-mails that mail servers refused."""

import io
from datetime import timedelta
from email import message_from_string
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from activity.models import EventRecord
from community import services
from community.errors import Refused
from community.models import Bounce, Mail, Member
from community.services import bouncing
from tests.community.services.test_notifying import told
from tests.factories.community import NotificationFactory

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mail.example
To: plenum@plenum.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain

Sorry.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {email}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such
 mailbox

--part
Content-Type: {kind}

Message-ID: {message_id}
Subject: Something happened

--part--
"""


def report(email="mara@example.org", action="failed", status="5.1.1", message_id="", **changes):
    facts = {"email": email, "action": action, "status": status, "message_id": message_id}
    return REPORT.format(**({"kind": "message/rfc822"} | facts | changes))


def note(**changes):
    (found,) = bouncing.read(message_from_string(report(**changes)))
    return bouncing.note(report=found)


def is_stopped(member):
    return Member.objects.get(pk=member.pk).mail_stopped_at is not None


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_refusal_is_found_by_the_name_of_its_mail(member, stranger, kind):
    told_to_mara = NotificationFactory(member=member)
    name = f"<notification-{told_to_mara.pk}@127.0.0.1>"
    bounce = note(email=stranger.email, message_id=name, kind=kind)
    assert bounce.member == member
    assert (bounce.is_hard, bounce.status) == (True, "5.1.1")
    assert bounce.detail == "smtp; 550 no such mailbox"


def test_or_by_its_address(member):
    assert note(email="MARA@example.org").member == member
    assert note(email="nobody@example.org") is None


def test_one_refusal_for_good_stops_mail(member):
    note()
    assert is_stopped(member)
    told(member)
    assert not Mail.objects.exists()


def test_refusals_for_now_stop_mail_after_the_fifth(member):
    for number in range(4):
        note(status="4.2.2", message_id=f"<a-{number}@x>")
    assert not is_stopped(member)
    note(action="delayed", status="4.4.7", message_id="<a-5@x>")
    assert is_stopped(member)


def test_old_refusals_for_now_are_forgiven(member):
    for number in range(4):
        note(status="4.2.2", message_id=f"<a-{number}@x>")
    Bounce.objects.update(received_at=timezone.now() - timedelta(days=31))
    note(status="4.2.2", message_id="<a-5@x>")
    assert not is_stopped(member)


def test_the_same_report_twice_counts_once(member):
    for _time in range(6):
        note(status="4.2.2", message_id="<same@x>")
    assert Bounce.objects.count() == 1


@pytest.mark.parametrize(
    ("action", "status"), [("delivered", "2.0.0"), ("relayed", "2.0.0"), ("failed", "")]
)
def test_what_is_no_refusal_is_not_counted(member, action, status):
    assert note(action=action, status=status) is None
    assert not is_stopped(member)


def test_mail_goes_on_when_the_member_says_so_and_stops_anew(member):
    note(message_id="<a@x>")
    member.refresh_from_db()
    bouncing.resume(member=member, by=member)
    assert not is_stopped(member)
    note(status="4.2.2", message_id="<b@x>")
    assert not is_stopped(member)
    note(message_id="<c@x>")
    assert is_stopped(member)


def test_confirming_the_address_again_lets_mail_go_on(member):
    note()
    member.refresh_from_db()
    services.confirm_address(member=member)
    assert not is_stopped(member)


def test_a_new_address_does_not_pay_for_the_old_one(member):
    note(status="4.2.2", message_id="<a@x>")
    Member.objects.filter(pk=member.pk).update(email="new@example.org")
    for number in range(4):
        note(email="new@example.org", status="4.2.2", message_id=f"<b-{number}@x>")
    assert not is_stopped(member)


def test_the_command_reads_what_a_mail_server_pipes_in(member, monkeypatch, capsys):
    pipe = SimpleNamespace(buffer=io.BytesIO(report().encode()))
    monkeypatch.setattr("sys.stdin", pipe)
    call_command("process_bounce")
    assert capsys.readouterr().out == "5.1.1: mail to this member has stopped\n"


def test_the_command_says_what_is_no_report(tmp_path):
    letter = tmp_path / "letter.eml"
    letter.write_text("Subject: Hello\n\nHow are you?\n")
    with pytest.raises(CommandError, match="no delivery status notification"):
        call_command("process_bounce", str(letter))
    with pytest.raises(CommandError, match="No such file"):
        call_command("process_bounce", str(tmp_path / "missing.eml"))


@pytest.mark.parametrize("junk", ["", "\x00\xff", "Content-Type: multipart/report\n\nnothing"])
def test_junk_is_no_report(junk):
    assert bouncing.read(message_from_string(junk)) == []


def test_others_say_why_an_address_gets_mail_again(member, admin_member):
    note(message_id="<a@x>")
    with pytest.raises(Refused) as refused:
        bouncing.resume(member=member, by=admin_member)
    assert refused.value.code == "missing_reason"
    member.refresh_from_db()
    assert member.mail_stopped_at is not None


def test_stopping_and_going_on_are_in_the_log_once(member, admin_member):
    for number in range(2):
        note(message_id=f"<{number}@x>")
    for _twice in range(2):
        bouncing.resume(member=member, by=admin_member, reason="The mailbox was full.")
    log = EventRecord.objects.filter(kind__startswith="community.mail_")
    assert list(log.order_by("id").values_list("kind", "actor_id")) == [
        ("community.mail_stopped", None),
        ("community.mail_resumed", admin_member.pk),
    ]
