from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from moderation.models.case import Case
from moderation.models.clause import Clause


class Outcome(models.TextChoices):
    UPHELD = "upheld", _("it was right")
    REJECTED = "rejected", _("nothing was done")


class FlagQuerySet(models.QuerySet["Flag"]):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)

    def judged(self) -> Self:
        return self.in_force().exclude(outcome="")


class Flag(models.Model):
    """That a member reported something, by which clause, and what that weighed at the time.

    `accuracy` is the share of their judged reports that were right, of `judged` of them; null
    without any. None of it changes when the member does; only the outcome comes later.
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="flags", verbose_name=_("case"), db_index=False
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("reported by"),
        db_index=False,
    )
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="+", verbose_name=_("clause")
    )
    note = models.CharField(_("what they say"), max_length=1000, blank=True)
    weight = models.FloatField(_("weight"))
    accuracy = models.FloatField(_("accuracy"), null=True)
    judged = models.PositiveIntegerField(_("judged before"))
    flagged_at = models.DateTimeField(_("reported on"), db_default=Now())
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome, blank=True, default="", db_default=""
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"], condition=Q(withdrawn_at=None), name="reported_once_each"
            ),
            models.CheckConstraint(condition=Q(weight__gte=0), name="reports_weigh_something"),
            models.CheckConstraint(
                condition=Q(accuracy=None, judged=0) | Q(accuracy__range=(0, 1), judged__gt=0),
                name="accuracy_of_judged_reports",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="report_outcome_known"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="report_of_case"),
            models.Index(fields=["member", "-id"], name="report_by_member"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="reports_are_kept", operation=pgtrigger.Delete),
            never_emptied("reports_are_kept"),
            pgtrigger.Protect(
                name="what_was_said_in_a_report_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "case", "member", "clause", "note", "weight", "accuracy", "judged", "flagged_at"
                ),
            ),
            pgtrigger.Protect(
                name="withdrawn_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="nobody_reports_their_own_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF EXISTS (
                    SELECT FROM moderation_case c LEFT JOIN ideas_idea i ON i.id = c.idea_id
                    WHERE c.id = NEW.case_id
                      AND (c.author_id = NEW.member_id OR NEW.member_id = ANY (i.co_author_ids))
                ) THEN
                    RAISE check_violation USING
                        MESSAGE = 'Nobody reports their own text.',
                        CONSTRAINT = 'nobody_reports_their_own_text';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.case_id}"
