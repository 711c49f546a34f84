"""Sending the e-mails that wait.

A round claims a few, sends them outside any transaction, and marks each as soon as the mail server
has taken it. See `Mail` for what a kill in between does.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from community import wording
from community.models import Mail, Member, Notification
from community.services import choosing, letters

log = logging.getLogger(__name__)

AT_ONCE = 10
# Longer than AT_ONCE mails can take: each step of the conversation times out after 10 s.
CLAIM_LASTS = timedelta(minutes=10)
# How long a mail rests after its first failure, its second, and so on; then it is given up.
RESTS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
MOST_ATTEMPTS = len(RESTS) + 1
# After so many failures in a row the mail server is taken for down and the round ends.
CIRCUIT_BREAKS_AT = 3


def send_waiting() -> int:
    """Send what is due; returns how many mails are done with."""
    mailer = mailers.default
    try:
        mailer.open()
    except OSError as error:  # smtplib's own errors are OSErrors, too
        # Nothing was tried, so no mail has used up an attempt.
        log.warning("The mail server does not answer (%s); the mails wait.", error)
        return 0
    try:
        return sum(_rounds(mailer))
    finally:
        _hang_up(mailer)


def _rounds(mailer: BaseEmailBackend) -> Iterator[bool]:
    """Whether each mail is done with, until none is due or the circuit breaks."""
    failures = 0
    while batch := claim():
        for position, mail in enumerate(batch, start=1):
            if _must_wait(mail):
                continue
            went_out = _send(mailer, mail)
            yield went_out
            failures = 0 if went_out else failures + 1
            if failures == CIRCUIT_BREAKS_AT:
                log.error("The mail server failed %d times in a row; pausing.", failures)
                release(batch[position:])
                return


@transaction.atomic
def claim() -> list[Mail]:
    """Take the next few, so that no other worker sends them meanwhile."""
    now = timezone.now()
    free = Mail.objects.free(now=now, claims_before=now - CLAIM_LASTS).order_by("due_at", "pk")
    ids = list(free.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE])
    Mail.objects.filter(pk__in=ids).update(claimed_at=now)
    return list(Mail.objects.filter(pk__in=ids).for_sending().order_by("due_at", "pk"))


def release(mails: Sequence[Mail]) -> None:
    """Give claims back."""
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(claimed_at=None)


def _must_wait(mail: Mail) -> bool:
    """Whether the member's quiet hours have begun since it was due; then it waits for their end."""
    now = timezone.now()
    loud_at = choosing.loud_at(mail.member, now)
    if loud_at > now:
        Mail.objects.filter(pk=mail.pk).update(claimed_at=None, due_at=loud_at)
    return loud_at > now


def _send(mailer: BaseEmailBackend, mail: Mail) -> bool:
    if reason := _unwanted(mail):
        _give_up(mail, reason)
        return True
    try:
        mailer.send_messages([letters.of(mail)])
    except Exception as error:  # whatever keeps one mail from going out must not stop the others
        log.warning("Mail %d did not go out: %s", mail.pk, error)
        _hang_up(mailer)
        _note_failure(mail, f"{type(error).__name__}: {error}")
        return False
    Mail.objects.filter(pk=mail.pk).update(
        sent_at=timezone.now(), claimed_at=None, attempts=F("attempts") + 1, error=""
    )
    return True


def _unwanted(mail: Mail) -> str:
    """Why its member wants it no more, if so: while a mail waits, topics can be muted, and what it
    tells can be read on the page."""
    told, reached = mail.notification, Member.objects.reached_by_mail()
    if told is not None:
        if told.read_at and not wording.group_of(told.kind).binding:
            return "Read on the page already."
        reached = Member.objects.wanting_mail(told.topic)
    return "" if reached.filter(pk=mail.member.pk).exists() else "No longer wanted."


@transaction.atomic
def withhold(*, address: str) -> None:
    """What a page told is taken down: mails and digests that wait say nothing of it any more.

    Of an idea or a topic, also what was told of parts of it, whose addresses begin alike.
    """
    about = Q(url=address) | Q(url__startswith=f"{address}?") | Q(url__startswith=f"{address}#")
    told = Notification.objects.filter(about).exclude(kind__in=wording.binding_kinds()).order_by()
    told.for_digests().update(wants_digest="")
    waiting = Mail.objects.waiting().filter(notification__in=told.values("pk"))
    waiting.update(given_up_at=timezone.now(), claimed_at=None, error="It was taken down.")


def _note_failure(mail: Mail, error: str) -> None:
    attempts = mail.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        _give_up(mail, error, attempts=attempts)
        return
    Mail.objects.filter(pk=mail.pk).update(
        attempts=attempts,
        error=error,
        claimed_at=None,
        due_at=timezone.now() + RESTS[attempts - 1],
    )


def _give_up(mail: Mail, error: str, *, attempts: int | None = None) -> None:
    Mail.objects.filter(pk=mail.pk).update(
        given_up_at=timezone.now(),
        claimed_at=None,
        error=error,
        attempts=mail.attempts if attempts is None else attempts,
    )


def _hang_up(mailer: BaseEmailBackend) -> None:
    """The next mail opens a fresh connection."""
    try:
        mailer.close()
    except OSError as error:
        log.info("The mail server left without a word: %s", error)


@transaction.atomic
def resend(*, mail: Mail) -> None:
    """For the admin: send a mail (again) that was given up or sent."""
    Mail.objects.filter(pk=mail.pk).update(
        sent_at=None,
        given_up_at=None,
        claimed_at=None,
        attempts=0,
        error="",
        due_at=timezone.now(),
    )
