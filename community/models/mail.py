from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, given_up_at=None)

    def free(self, *, now: datetime, claims_before: datetime) -> Self:
        """Waiting, due, and not in the hands of a living worker."""
        unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=claims_before)
        return self.waiting().filter(unclaimed, due_at__lte=now)

    def for_sending(self) -> Self:
        return self.select_related("notification__member", "notification__actor")


class Mail(models.Model):
    """An e-mail about a notification, waiting to be sent or sent.

    It is claimed in one transaction and marked sent in the next. A worker killed in between leaves
    a claim that runs out, and the mail goes out again under the same Message-ID: at least once,
    and twice only if the kill hit between the mail server's yes and the mark.
    """

    notification = models.OneToOneField(
        "community.Notification",
        on_delete=models.CASCADE,
        related_name="mail",
        verbose_name=_("notification"),
    )
    created_at = models.DateTimeField(_("written on"), db_default=Now())
    due_at = models.DateTimeField(_("due on"), db_default=Now())
    claimed_at = models.DateTimeField(_("being sent since"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent on"), null=True)
    given_up_at = models.DateTimeField(_("given up on"), null=True)
    error = models.TextField(_("error"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="sent_or_given_up"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class Muted(models.Model):
    """A member who wants no more e-mail about one topic, such as `idea:12`."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted"
    )
    topic = models.CharField(max_length=60)
    muted_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("muted topic")
        verbose_name_plural = _("muted topics")
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="muted_once")]

    def __str__(self) -> str:
        return f"{self.topic} by {self.member_id}"


class SentMailQuerySet(models.QuerySet["SentMail"]):
    def to_or_about(self, words: str) -> Self:
        return self.filter(Q(to__icontains=words) | Q(subject__icontains=words))


class SentMail(models.Model):
    """What left the site, kept only in the demo so that its mailbox page can show it."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    sent_at = models.DateTimeField(db_default=Now())

    objects = SentMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("sent e-mail")
        verbose_name_plural = _("sent e-mails")
        indexes = [models.Index(fields=["to", "-id"], name="mailbox_newest")]

    def __str__(self) -> str:
        return self.subject
