"""What members ask of us about their own data: a copy, and the end."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def private_files() -> Storage:
    """Files that no address leads to; a view hands them out."""
    return storages["private"]


class ExportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


UNDER_WAY = (ExportState.WAITING, ExportState.RUNNING)


class ExportQuerySet(models.QuerySet["Export"]):
    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)

    def free(self, *, claims_before: datetime) -> Self:
        """To be made, and not in the hands of a living worker."""
        lost = Q(state=ExportState.RUNNING, claimed_at__lt=claims_before)
        return self.filter(Q(state=ExportState.WAITING) | lost)

    def to_fetch(self) -> Self:
        return self.filter(state=ExportState.READY, expires_at__gt=timezone.now())

    def expired(self) -> Self:
        return self.filter(state=ExportState.READY, expires_at__lte=timezone.now())


class Export(models.Model):
    """A copy of everything about a member, asked for by them and made in the background.

    Each attempt has its number: a worker that was taken for dead and comes back finds that the
    number has moved on, and stops.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ExportState, default=ExportState.WAITING
    )
    asked_at = models.DateTimeField(_("asked for on"), db_default=Now())
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(storage=private_files, blank=True)
    size = models.BigIntegerField(_("bytes"), default=0)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(_("expires"), null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of a member")
        verbose_name_plural = _("exports of members")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(state__in=UNDER_WAY), name="one_export_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY) | (~Q(file="") & Q(expires_at__isnull=False)),
                name="a_ready_export_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"export for {self.member_id}: {self.state}"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_to_fetch(self) -> bool:
        is_fresh = self.expires_at is not None and self.expires_at > timezone.now()
        return self.state == ExportState.READY and is_fresh


class Content(models.TextChoices):
    """What becomes of what somebody wrote."""

    KEEP = "keep", _("Keep what I wrote, under “former member”")
    REMOVE = "remove", _("Remove what I wrote")


class DepartureQuerySet(models.QuerySet["Departure"]):
    def in_grace(self) -> Self:
        """Whoever can still come back."""
        return self.filter(begun_at=None)

    def free(self, *, claims_before: datetime) -> Self:
        """Due, not done, and not in the hands of a living worker."""
        unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=claims_before)
        return self.filter(unclaimed, due_at__lte=timezone.now(), done_at=None)

    def holding(self, handle: str) -> Self:
        """Whoever had a handle that nobody may take yet."""
        return self.filter(handle=handle)


class Departure(models.Model):
    """A member who closed the account, and for two weeks can still come back.

    Name, handle and picture are moved here at once, so that nothing else can show them; coming
    back moves them home. The handle stays for a year, so that nobody poses as who had it.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="departure"
    )
    content = models.CharField(_("what they wrote"), max_length=10, choices=Content)
    display_name = models.CharField(max_length=80, blank=True)
    handle = models.CharField(max_length=30, blank=True)
    avatar = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(_("asked for on"), db_default=Now())
    due_at = models.DateTimeField(_("due on"))
    begun_at = models.DateTimeField(_("begun on"), null=True)
    claimed_at = models.DateTimeField(null=True)
    # The answers that are done with, by name: a worker that goes on begins behind them.
    done = models.JSONField(default=list)
    done_at = models.DateTimeField(_("done on"), null=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = _("deletion of a member")
        verbose_name_plural = _("deletions of members")
        constraints = [
            models.UniqueConstraint(
                fields=["handle"], condition=~Q(handle=""), name="a_handle_is_held_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(display_name="", avatar=""),
                name="nothing_is_left_of_a_name",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="departure_due"),
            models.Index(fields=["done_at"], condition=~Q(handle=""), name="departure_handle"),
        ]

    def __str__(self) -> str:
        return f"departure of {self.member_id}"
