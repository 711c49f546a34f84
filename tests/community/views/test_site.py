import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from community.mailbox import DemoBackend, TerminalBackend
from community.models import SentMail

pytestmark = pytest.mark.django_db

LANGUAGE = "/language/"
MAILBOX = "/mailbox/"


def test_a_visitors_choice_is_kept_in_the_browser():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(LANGUAGE, {"language": "de", "next": "/people/nobody/"})
    assert response.headers["Location"] == "/people/nobody/"
    assert strict.cookies["django_language"].value == "de"
    assert '<html lang="de">' in strict.get("/accounts/login/").content.decode()


def test_a_members_choice_is_kept_with_the_member(as_member, member):
    as_member.post(LANGUAGE, {"language": "de", "next": "/settings/"})
    member.refresh_from_db()
    assert member.language == "de"
    assert "django_language" not in as_member.cookies


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example", "settings", "", "/\\evil"]
)
def test_it_never_leads_off_the_site(visitor, place):
    response = visitor.post(LANGUAGE, {"language": "de", "next": place})
    assert response.headers["Location"] == "/"


def test_an_unknown_language_changes_nothing(visitor):
    visitor.post(LANGUAGE, {"language": "xx"})
    assert visitor.cookies == {}


def letter():
    message = EmailMultiAlternatives(
        "Decided", "Read it: http://127.0.0.1:8000/ideas/1/ <b>", to=["mara@example.org"]
    )
    message.attach_alternative("<p>Read it</p>", "text/html")
    return message


def test_the_demo_keeps_what_it_would_have_sent(settings, visitor, capsys):
    settings.DEMO = True
    assert DemoBackend().send_messages([letter()]) == 1
    kept = SentMail.objects.get()
    assert (kept.to, kept.subject, kept.html) == ("mara@example.org", "Decided", "<p>Read it</p>")
    address = reverse("community:mailbox_message", args=[kept.pk])
    assert address in capsys.readouterr().out
    page = visitor.get(address).content.decode()
    assert '<a href="http://127.0.0.1:8000/ideas/1/"' in page
    assert "&lt;b&gt;" in page
    assert visitor.get(MAILBOX, {"q": "MARA@"}).context["mails"].get() == kept
    assert not visitor.get(MAILBOX, {"q": "tom"}).context["mails"].exists()


def test_it_shows_a_mail_in_a_frame_that_loads_nothing(settings, visitor):
    settings.DEMO = True
    message = letter()
    message.alternatives.clear()
    message.attach_alternative('<html><head></head><a href="/ideas/1/">It</a></html>', "text/html")
    DemoBackend().send_messages([message])
    pk = SentMail.objects.get().pk
    page = visitor.get(reverse("community:mailbox_message", args=[pk]))
    address = reverse("community:mailbox_html", args=[pk])
    assert f'src="{address}"' in page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    framed = visitor.get(address)
    assert '<base target="_top">' in framed.content.decode()
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = framed.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_there_is_no_mailbox_outside_the_demo(visitor):
    DemoBackend().send_messages([letter()])
    assert visitor.get(MAILBOX).status_code == 404
    for name in ("mailbox_message", "mailbox_html"):
        pk = SentMail.objects.get().pk
        assert visitor.get(reverse(f"community:{name}", args=[pk])).status_code == 404


def test_without_a_mail_server_the_terminal_shows_the_letter(capsys):
    assert TerminalBackend().send_messages([letter()]) == 1
    assert "E-mail to mara@example.org\nDecided\n\nRead it" in capsys.readouterr().out
    assert mail.outbox == []
