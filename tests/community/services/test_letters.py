"""What a letter says and carries along."""

import re

import pytest
from django.core import mail as outbox

from community import outs, services
from tests.community.services.test_mailing import waiting
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def test_a_letter_has_one_way_out_and_one_name(words):
    mail = waiting()
    services.send_waiting()
    (letter,) = outbox.outbox
    headers = letter.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Message-ID"] == f"<notification-{mail.notification_id}@127.0.0.1>"
    assert headers["X-Auto-Response-Suppress"] == "All"
    token = re.search(r"/unsubscribe/([^/]+)/>$", headers["List-Unsubscribe"])[1]
    assert outs.read(token) == outs.Out(mail.notification.member_id, "idea:1")
    html = letter.alternatives[0].content
    assert f"/unsubscribe/{token}/" in html
    assert "<img" not in html
    assert "Plenum · http://127.0.0.1:8000/" in letter.body


def test_a_letter_speaks_the_members_language(words):
    waiting(member=MemberFactory(language="de"))
    services.send_waiting()
    assert '<html lang="de">' in outbox.outbox[0].alternatives[0].content


def test_a_subject_cannot_smuggle_headers(words):
    waiting(subject="a\r\nBcc: everybody@example.org")
    services.send_waiting()
    assert "Bcc" not in outbox.outbox[0].message()
