from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from community import wording
from community.models.member import Member

SAME_FOR_ALL = (
    "actor_id", "event_id", "kind", "topic", "subject", "excerpt", "url", "created_at",
)  # fmt: skip


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, member: Member) -> Self:
        return self.filter(member=member)

    def before(self, notification_id: int | None) -> Self:
        """Older ones, to go on from the end of a page."""
        return self if notification_id is None else self.filter(pk__lt=notification_id)

    def for_digests(self) -> Self:
        """What is to stand in a digest and does not yet."""
        return self.filter(digest=None).exclude(wants_digest="")

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def for_list(self) -> Self:
        return self.select_related("actor").fetch_mode(models.FETCH_RAISE).order_by("-id")


class Notification(models.Model):
    """One member told once of one event. The words are made when read, in the reader's language."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    event_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    topic = models.CharField(max_length=60)
    subject = models.CharField(max_length=240)
    excerpt = models.TextField(blank=True)
    url = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    # "daily" or "weekly" when it is to stand in such a digest, and the one it stands in.
    wants_digest = models.CharField(max_length=10, blank=True, db_default="")
    digest = models.ForeignKey(
        "community.Digest", on_delete=models.SET_NULL, null=True, related_name="notifications"
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            # What keeps a replayed event from telling anybody twice.
            models.UniqueConstraint(fields=["event_id", "member"], name="told_once")
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="notification_newest"),
            models.Index(fields=["member"], condition=Q(read_at=None), name="notification_unread"),
            models.Index(
                fields=["member", "wants_digest"],
                condition=Q(digest=None) & ~Q(wants_digest=""),
                name="notification_for_digest",
            ),
            models.Index(
                fields=["read_at"], condition=Q(read_at__isnull=False), name="notification_old"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"

    def for_member(self, member_id: int) -> "Notification":
        """An unsaved copy for somebody else."""
        facts = {name: getattr(self, name) for name in SAME_FOR_ALL}
        return Notification(member_id=member_id, **facts)

    @property
    def sentence(self) -> str:
        """What happened, in the active language."""
        return wording.sentence(
            self.kind, actor=str(self.actor) if self.actor else "", subject=self.subject
        )
