"""Where e-mail goes when no mail server is set: to the terminal, and in the demo to a page."""

import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from community.models import SentMail


class TerminalBackend(BaseEmailBackend):
    """Prints each message, as a person reads it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            to = ", ".join(message.recipients())
            sys.stdout.write(f"\nE-mail to {to}\n{message.subject}\n\n{message.body}\n\n")
        sys.stdout.flush()
        return len(email_messages)


class DemoBackend(BaseEmailBackend):
    """Keeps each message for the mailbox page and names it in the terminal."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for to in message.recipients():
                kept = SentMail.objects.create(
                    to=to,
                    subject=message.subject[:300],
                    text=str(message.body),
                    html=_html(message),
                )
                page = settings.SITE_URL + reverse("community:mailbox_message", args=[kept.pk])
                sys.stdout.write(f"E-mail to {to}: {message.subject} ({page})\n")
        sys.stdout.flush()
        return len(email_messages)


def _html(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    parts = (str(content) for content, kind in message.alternatives if kind == "text/html")
    return next(parts, "")
