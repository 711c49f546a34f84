from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from community import trust


class TrustChange(models.Model):
    """A member's trust level went from one to another, and on what evidence. Only ever added."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="trust_changes",
        verbose_name=_("member"),
    )
    before = models.PositiveSmallIntegerField(_("from"))
    after = models.PositiveSmallIntegerField(_("to"))
    evidence = models.JSONField(_("evidence"))
    changed_at = models.DateTimeField(_("changed on"), db_default=Now())

    class Meta:
        verbose_name = _("change of trust")
        verbose_name_plural = _("changes of trust")
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="trust_did_change"),
            models.CheckConstraint(
                condition=Q(before__lte=trust.HIGHEST, after__lte=trust.HIGHEST),
                name="trust_levels_exist",
            ),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="trust_of_member")]
        triggers: ClassVar = kept("trust_changes_are_kept")

    def __str__(self) -> str:
        return f"{self.member_id}: TL{self.before} → TL{self.after}"
