from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Watch(models.Model):
    """One run of the detectors. Without an end it was killed; the next one begins where the last
    one that ended left off."""

    is_whole = models.BooleanField(_("all of the last months"))
    rules = models.PositiveSmallIntegerField(_("version of the thresholds"))
    upto = models.DateTimeField(_("votes up to"))
    began_at = models.DateTimeField(_("began on"), db_default=Now())
    ended_at = models.DateTimeField(_("ended on"), null=True)
    votes = models.PositiveIntegerField(_("votes"), default=0)
    opened = models.PositiveIntegerField(_("opened cases"), default=0)
    grown = models.PositiveIntegerField(_("grown cases"), default=0)

    class Meta:
        verbose_name = _("run of the detectors")
        verbose_name_plural = _("runs of the detectors")
        indexes = [
            models.Index(fields=["-upto"], condition=Q(ended_at__isnull=False), name="watch_newest")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Vouch(models.Model):
    """Somebody of the staff knows this member. Trust starts here (SybilRank)."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="vouches",
        verbose_name=_("member"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("vouched for by"),
    )
    why = models.CharField(_("how you know them"), max_length=300)
    made_at = models.DateTimeField(_("since"), db_default=Now())
    ended_at = models.DateTimeField(_("until"), null=True)

    class Meta:
        verbose_name = _("vouch")
        verbose_name_plural = _("vouches")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at=None), name="vouched_for_once"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="vouched_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(member=models.F("by")), name="nobody_vouches_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} for {self.member_id}"
