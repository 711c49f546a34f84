"""What is done to the ledger as a whole, and what was found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Verification(models.Model):
    """One comparison of the ledger with what is summed up from it, and with the log."""

    begun_at = models.DateTimeField(_("begun on"))
    ended_at = models.DateTimeField(_("ended on"), db_default=Now())
    from_log = models.BooleanField(_("with the log"))
    # What differs, by what was compared: how often, and a few examples.
    found = models.JSONField(_("found"), default=dict)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"

    @property
    def is_sound(self) -> bool:
        return not self.found


class Reversal(models.Model):
    """Points that somebody took back by hand, with the reason; maybe undone, with another."""

    # What was reversed: the deeds of a member, or whatever a batch gave.
    whose_id = models.BigIntegerField(_("deeds of"), null=True)
    batch = models.BigIntegerField(_("batch"), null=True)
    grounds = models.PositiveIntegerField(_("grounds"))
    reason = models.TextField(_("reason"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made on"), db_default=Now())
    undone_at = models.DateTimeField(_("undone on"), null=True)
    undo_reason = models.TextField(_("why it was undone"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("reversal")
        verbose_name_plural = _("reversals")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reversed_for_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undo_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undo_reason="")),
                name="restored_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"reversal {self.pk}"
