"""Notifications as e-mails."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from community import text, wording
from community.models import Member, Notification, SiteSettings
from community.outs import Out


def about(notification: Notification) -> EmailMultiAlternatives:
    """The letter to the notification's member, in their language and time zone."""
    member = notification.member
    with translation.override(member.language), timezone.override(member.time_zone):
        context = _context(notification)
        letter = EmailMultiAlternatives(
            subject=text.cut(text.one_line(notification.sentence), 200),
            body=render_to_string("mails/notification.txt", context),
            to=[member.email],
            headers=_headers(notification, str(context["out_url"])),
        )
        letter.attach_alternative(render_to_string("mails/notification.html", context), "text/html")
    return letter


def _context(notification: Notification) -> dict[str, object]:
    member: Member = notification.member
    return {
        "notification": notification,
        "sentence": notification.sentence,
        "member": member,
        "language": member.language,
        "community": SiteSettings.objects.current(),
        "site_url": settings.SITE_URL,
        "url": settings.SITE_URL + notification.url,
        "why": wording.why(notification.kind),
        "out_url": Out(member.pk, notification.topic).url,
    }


def _headers(notification: Notification, out_url: str) -> dict[str, str]:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        # The same at each attempt, so that a mail sent twice is shown once.
        "Message-ID": f"<notification-{notification.pk}@{host}>",
        "References": f"<{notification.topic.replace(':', '-')}@{host}>",
        "List-Unsubscribe": f"<{out_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
