from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.models.member import Member


class Digest(models.Model):
    """What a member was told since the last one, in one e-mail a day or a week."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    period = models.CharField(_("period"), max_length=10)
    # The member's own day; the Monday of a week.
    day = models.DateField(_("day"))
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [
            models.UniqueConstraint(fields=["member", "period", "day"], name="one_digest_a_period"),
            models.CheckConstraint(
                condition=Q(period__in=["daily", "weekly"]), name="digests_have_a_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.day} for {self.member_id}"


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, given_up_at=None)

    def free(self, *, now: datetime, claims_before: datetime) -> Self:
        """Waiting, due, and not in the hands of a living worker."""
        unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=claims_before)
        return self.waiting().filter(unclaimed, due_at__lte=now)

    def for_sending(self) -> Self:
        return self.select_related("notification__member", "notification__actor", "digest__member")


class Mail(models.Model):
    """An e-mail about a notification, or a digest of some, waiting to be sent or sent.

    It is claimed in one transaction and marked sent in the next. A worker killed in between leaves
    a claim that runs out, and the mail goes out again under the same Message-ID: at least once,
    and twice only if the kill hit between the mail server's yes and the mark.
    """

    notification = models.OneToOneField(
        "community.Notification",
        on_delete=models.CASCADE,
        related_name="mail",
        null=True,
        verbose_name=_("notification"),
    )
    digest = models.OneToOneField(
        Digest, on_delete=models.CASCADE, related_name="mail", null=True, verbose_name=_("digest")
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
            ),
            models.CheckConstraint(
                condition=Q(notification=None, digest__isnull=False)
                | Q(notification__isnull=False, digest=None),
                name="a_mail_is_about_one_thing",
            ),
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

    @property
    def member(self) -> "Member":
        """Whom it goes to."""
        about = self.digest or self.notification
        assert about is not None
        return about.member


class Bounce(models.Model):
    """That a mail server refused a mail to a member: for good (hard) or for now (soft)."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bounces"
    )
    email = models.EmailField(_("address"))
    is_hard = models.BooleanField(_("for good"))
    # As RFC 3463 has it: 5.1.1
    status = models.CharField(_("status"), max_length=20)
    message_id = models.CharField(max_length=200, blank=True)
    detail = models.CharField(_("what the mail server said"), max_length=500, blank=True)
    received_at = models.DateTimeField(_("received on"), db_default=Now())

    class Meta:
        verbose_name = _("refused e-mail")
        verbose_name_plural = _("refused e-mails")
        constraints = [
            # The same report twice is one refusal.
            models.UniqueConstraint(
                fields=["member", "message_id"],
                condition=~Q(message_id=""),
                name="refused_once",
            )
        ]
        indexes = [models.Index(fields=["member", "-received_at"], name="bounce_of_member")]

    def __str__(self) -> str:
        return f"{self.status} for {self.member_id}"


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
