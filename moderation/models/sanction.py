"""What a member has to bear beside a hidden text: a warning, time without writing, a ban."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from moderation.models.clause import GRAVEST, MILDEST

LONGEST_LIMIT = timedelta(hours=72)
LONGEST_SUSPENSION = timedelta(days=366)
# How long a strike counts, by its severity.
STRIKE_LASTS = {
    1: timedelta(days=90),
    2: timedelta(days=180),
    3: timedelta(days=365),
    4: timedelta(days=730),
    5: timedelta(days=1825),
}


class SanctionKind(models.TextChoices):
    WARNING = "warning", _("Warning")
    LIMIT = "limit", _("Some hours without writing")
    SUSPENSION = "suspension", _("Suspension")
    BAN = "ban", _("Ban")


# They end by themselves.
TIMED = (SanctionKind.LIMIT, SanctionKind.SUSPENSION)


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def silencing(self, at: datetime | None = None) -> Self:
        """What keeps somebody from writing at that time."""
        open_ended = Q(kind=SanctionKind.BAN)
        return self.filter(open_ended | Q(until__gt=at or timezone.now()), lifted_at=None)

    def strikes(self, at: datetime | None = None) -> Self:
        """What still counts against somebody."""
        return self.filter(lifted_at=None, strike_until__gt=at or timezone.now())

    def weight(self) -> int:
        """How grave they are together. Their severities are added."""
        found: int | None = self.aggregate(sum=Sum("severity"))["sum"]
        return found or 0

    def for_list(self) -> Self:
        """All that a row of a list shows, in one query."""
        return self.select_related("member", "by", "clause", "lifted_by", "follows")


class Sanction(models.Model):
    """One of them. Written once, and once more when it is lifted; it ends without being touched.

    A `misuse` measure is against who often posts what is plainly illegal, or often reports without
    ground (Article 23 of the Digital Services Act): it follows a warning that said so.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=SanctionKind)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="sanctions",
        verbose_name=_("member"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("imposed by"),
    )
    clause = models.ForeignKey(
        "moderation.Clause",
        on_delete=models.PROTECT,
        related_name="sanctions",
        verbose_name=_("clause"),
    )
    severity = models.PositiveSmallIntegerField(_("severity"))
    reason = models.TextField(_("reason"), max_length=2000)
    misuse = models.BooleanField(_("for misuse"), default=False, db_default=False)
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("after the warning"),
    )
    imposed_at = models.DateTimeField(_("imposed on"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    strike_until = models.DateTimeField(_("counts until"))
    lifted_at = models.DateTimeField(_("lifted on"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    lift_reason = models.TextField(_("why it is lifted"), max_length=2000, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        permissions: ClassVar = [("ban", _("Can ban members"))]
        indexes = [models.Index(fields=["member", "-id"], name="sanctions_of_a_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SanctionKind.values), name="sanction_of_a_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sanction_for_a_reason"),
            models.CheckConstraint(condition=~Q(member=F("by")), name="sanction_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(severity__range=(MILDEST, GRAVEST)), name="sanction_of_a_severity"
            ),
            models.CheckConstraint(
                condition=(~Q(kind__in=TIMED) & Q(until=None))
                | Q(kind__in=TIMED, until__isnull=False, until__gt=F("imposed_at")),
                name="sanction_ends_as_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SanctionKind.LIMIT)
                | Q(until__lte=F("imposed_at") + LONGEST_LIMIT),
                name="limit_of_some_hours",
            ),
            models.CheckConstraint(
                condition=Q(strike_until__gt=F("imposed_at")), name="strike_counts_for_a_time"
            ),
            models.CheckConstraint(
                condition=Q(misuse=False) | Q(kind=SanctionKind.WARNING) | Q(follows__isnull=False),
                name="misuse_after_a_warning",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="sanction_lifted_for_a_reason",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="sanctions_are_kept", operation=pgtrigger.Delete),
            never_emptied("sanctions_are_kept"),
            pgtrigger.Protect(
                name="a_sanction_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "kind", "member", "by", "clause", "severity", "reason", "misuse", "follows",
                    "imposed_at", "until", "strike_until",
                ),
            ),
            pgtrigger.Protect(
                name="a_sanction_is_lifted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="a_sanction_follows_a_warning",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__follows__isnull=False),
                func="""
                PERFORM FROM moderation_sanction
                WHERE id = NEW.follows_id AND kind = 'warning' AND member_id = NEW.member_id
                  AND lifted_at IS NULL AND imposed_at < NEW.imposed_at
                  AND strike_until > NEW.imposed_at AND (misuse OR NOT NEW.misuse)
                FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'A measure follows a warning of the same member in force: %.',
                        'a_sanction_follows_a_warning';
                END IF;
                RETURN NEW;
                """,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether it has ended by itself or was lifted."""
        has_ended = self.until is not None and self.until <= timezone.now()
        return has_ended or self.lifted_at is not None
