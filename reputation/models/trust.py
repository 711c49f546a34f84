from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from community import trust

# The row comes before the level it leads to, and both in one transaction: the migration holds the
# member's side of it.
FOLLOWS = """
    IF NEW.before <> (SELECT trust_level FROM community_member WHERE id = NEW.member_id) THEN
        RAISE EXCEPTION 'trust_changes_follow: member % is not at TL%.', NEW.member_id, NEW.before
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
LEADS = """
    IF (SELECT after FROM reputation_trustchange WHERE member_id = NEW.member_id
        ORDER BY id DESC LIMIT 1)
       <> (SELECT trust_level FROM community_member WHERE id = NEW.member_id) THEN
        RAISE EXCEPTION 'trust_changes_lead: member % did not get there.', NEW.member_id
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


class TrustChange(models.Model):
    """A member's trust level went from one to another, and on what evidence. Only ever added.

    Where somebody gave or took it by hand, `by` says who and `reason` why.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="trust_changes",
        verbose_name=_("member"),
    )
    before = models.PositiveSmallIntegerField(_("from"))
    after = models.PositiveSmallIntegerField(_("to"))
    evidence = models.JSONField(_("evidence"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True, default="", db_default="")
    changed_at = models.DateTimeField(_("changed on"), db_default=Now())

    class Meta:
        verbose_name = _("change of trust")
        verbose_name_plural = _("changes of trust")
        permissions: ClassVar = [("appoint", _("Can give and take the highest trust level"))]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="trust_did_change"),
            models.CheckConstraint(
                condition=Q(before__lte=trust.HIGHEST, after__lte=trust.HIGHEST),
                name="trust_levels_exist",
            ),
            models.CheckConstraint(
                condition=Q(by=None, reason="") | (Q(by__isnull=False) & ~Q(reason="")),
                name="by_hand_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="trust_of_member")]
        triggers: ClassVar = [
            *kept("trust_changes_are_kept"),
            pgtrigger.Trigger(
                name="trust_changes_follow",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=FOLLOWS,
            ),
            pgtrigger.Trigger(
                name="trust_changes_lead",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=LEADS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: TL{self.before} → TL{self.after}"


class Grace(models.Model):
    """A member has fallen below what their level asks for, and may catch up until a day."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="grace",
        verbose_name=_("member"),
    )
    began_at = models.DateTimeField(_("began on"))
    ends_at = models.DateTimeField(_("ends on"), db_index=True)

    class Meta:
        verbose_name = _("time of grace")
        verbose_name_plural = _("times of grace")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("began_at")), name="grace_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} until {self.ends_at:%Y-%m-%d}"
