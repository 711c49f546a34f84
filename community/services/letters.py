"""Notifications and digests as e-mails."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from community import text, wording
from community.models import Departure, Digest, Mail, Member, Notification, SiteSettings
from community.outs import Out

# A digest longer than this is not read; the rest is on the page.
MOST_IN_DIGEST = 40
# Of a title in the subject of an e-mail.
LONGEST_SUBJECT = 80


@dataclass
class Thing:
    """What a digest says of one thing: its title, and what happened, oldest first."""

    subject: str
    url: str
    lines: list[str] = field(default_factory=list)


def of(mail: Mail) -> EmailMultiAlternatives:
    """The letter, in the member's language and time zone."""
    if mail.notification is not None:
        return about(mail.notification)
    assert mail.digest is not None
    member = mail.digest.member
    with translation.override(member.language), timezone.override(member.time_zone):
        return _digest(mail.digest, member)


def about(notification: Notification) -> EmailMultiAlternatives:
    """The letter about one notification, sent or only looked at."""
    member = notification.member
    with translation.override(member.language), timezone.override(member.time_zone):
        return _notification(notification, member)


def _notification(notification: Notification, member: Member) -> EmailMultiAlternatives:
    context = _frame(member, notification.topic) | {
        "notification": notification,
        "sentence": notification.sentence,
        "url": settings.SITE_URL + notification.url,
        "why": wording.why(notification.kind),
    }
    letter = _letter("notification", notification.sentence, context, member)
    letter.extra_headers |= {
        # The same at each attempt, so that a mail sent twice is shown once.
        "Message-ID": f"<notification-{notification.pk}@{_host()}>",
        "References": f"<{notification.topic.replace(':', '-')}@{_host()}>",
    }
    return letter


def _digest(digest: Digest, member: Member) -> EmailMultiAlternatives:
    told = list(digest.notifications.select_related("actor").order_by("id")[: MOST_IN_DIGEST + 1])
    things = _things(told[:MOST_IN_DIGEST])
    context = _frame(member, f"digest:{digest.period}") | {
        "digest": digest,
        "sentence": _news(things),
        "things": things,
        "more": len(told) > MOST_IN_DIGEST,
    }
    letter = _letter("digest", str(context["sentence"]), context, member)
    letter.extra_headers["Message-ID"] = f"<digest-{digest.pk}@{_host()}>"
    return letter


def _news(things: list[Thing]) -> str:
    """What a digest is about, in a line."""
    others = len(things) - 1
    words = gettext("News on “%(subject)s”")
    if others:
        words = ngettext(
            "News on “%(subject)s” and %(count)d other thing",
            "News on “%(subject)s” and %(count)d other things",
            others,
        )
    return words % {"subject": text.cut(things[0].subject, LONGEST_SUBJECT), "count": others}


def of_closing(departure: Departure) -> EmailMultiAlternatives:
    """That the account is closed, and how to take that back."""
    member = departure.member
    with translation.override(member.language), timezone.override(member.time_zone):
        context = _around(member) | {
            "name": departure.display_name,
            "sentence": gettext("Your account is closed"),
            "due_at": timezone.localtime(departure.due_at),
            "url": settings.SITE_URL + reverse("account_login"),
        }
        letter = EmailMultiAlternatives(
            subject=str(context["sentence"]),
            body=render_to_string("mails/closed.txt", context),
            to=[member.email],
            headers={
                "Message-ID": f"<closed-{departure.pk}@{_host()}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        html = render_to_string("mails/closed.html", context)
        letter.attach_alternative(html, "text/html")
        return letter


def _things(told: Iterable[Notification]) -> list[Thing]:
    """By what they are about, in the order in which each first moved."""
    things: dict[str, Thing] = {}
    for notification in told:
        url = settings.SITE_URL + notification.url
        thing = things.setdefault(notification.topic, Thing(notification.subject, url))
        thing.lines.append(notification.sentence)
    return list(things.values())


def _frame(member: Member, topic: str) -> dict[str, object]:
    """What every letter that can be switched off says around its words."""
    return _around(member) | {"out_url": Out(member.pk, topic).url}


def _around(member: Member) -> dict[str, object]:
    return {
        "member": member,
        "language": member.language,
        "community": SiteSettings.objects.current(),
        "site_url": settings.SITE_URL,
    }


def _letter(
    name: str, subject: str, context: dict[str, object], member: Member
) -> EmailMultiAlternatives:
    letter = EmailMultiAlternatives(
        subject=text.cut(text.one_line(subject), 200),
        body=render_to_string(f"mails/{name}.txt", context),
        to=[member.email],
        headers={
            "List-Unsubscribe": f"<{context['out_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    letter.attach_alternative(render_to_string(f"mails/{name}.html", context), "text/html")
    return letter


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
