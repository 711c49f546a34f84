from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from ideas.status import ANSWERS, CostBand, Reason, Status


class Origin(models.TextChoices):
    PERSON = "person", _("decided by a person")
    CLOCKWORK = "clockwork", _("by the board's rule")
    IMPORTED = "imported", _("brought along by an import")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def shown(self) -> Self:
        """Decisions on ideas that everybody may see."""
        return self.filter(idea__hidden_at=None)

    def lately(self) -> Self:
        """Answers, the newest first. Imports bring old ones, and some that say nothing."""
        answers = self.shown().filter(to_status__in=ANSWERS).exclude(statement="")
        return answers.order_by("-created_at", "-id")

    def for_quotes(self) -> Self:
        """All that a quotation of the decision shows, in one query."""
        return self.select_related("idea", "member", "team").defer(
            "idea__body", "idea__body_html", "idea__search"
        )


class Decision(models.Model):
    """One step of an idea's life, in public. Never edited or deleted: corrections follow it."""

    idea = models.ForeignKey(
        "ideas.Idea", on_delete=models.PROTECT, related_name="decisions", verbose_name=_("idea")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="decisions",
        verbose_name=_("decided by"),
    )
    team = models.ForeignKey(
        "community.Team",
        on_delete=models.PROTECT,
        null=True,
        related_name="decisions",
        verbose_name=_("team"),
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.PERSON)
    from_status = models.CharField(_("status before"), max_length=12, choices=Status.choices)
    to_status = models.CharField(_("status after"), max_length=12, choices=Status.choices)
    statement = models.TextField(_("public statement"), max_length=5000, blank=True)
    statement_html = models.TextField(editable=False, blank=True)
    reason = models.CharField(_("reason"), max_length=30, choices=Reason.choices, blank=True)
    change_our_mind = models.TextField(_("what would change our mind"), max_length=1000, blank=True)
    rough_when = models.CharField(_("roughly when"), max_length=60, blank=True)
    cost_band = models.CharField(_("effort"), max_length=10, choices=CostBand.choices, blank=True)
    revisit_on = models.DateField(_("we look again on"), null=True, blank=True)
    created_at = models.DateTimeField(_("decided on"), db_default=Now())

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin=Origin.PERSON) | Q(member__isnull=False),
                name="a_person_decided",
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.IMPORTED) | ~Q(statement=""), name="no_step_in_silence"
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.IMPORTED)
                | ~Q(to_status=Status.DECLINED)
                | (~Q(reason="") & ~Q(change_our_mind="")),
                name="no_without_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.IMPORTED)
                | ~Q(to_status=Status.PLANNED)
                | (~Q(rough_when="") & ~Q(cost_band="")),
                name="yes_with_a_rough_when",
            ),
        ]
        indexes = [
            models.Index(fields=["idea", "-id"], name="decision_timeline"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(to_status__in=sorted(ANSWERS)) & ~Q(statement=""),
                name="decision_answers",
            ),
        ]
        triggers: ClassVar = [
            *kept("decisions_stand"),
            pgtrigger.Trigger(
                name="decisions_date_the_tally",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                UPDATE ideas_ideatally SET decided_at = NEW.created_at, reopened_at = CASE
                    WHEN NEW.from_status = 'declined' AND NEW.to_status = 'under_review'
                        THEN NEW.created_at
                    WHEN NEW.to_status IN ('planned', 'in_progress', 'shipped', 'declined')
                        THEN NULL
                    ELSE reopened_at END
                WHERE idea_id = NEW.idea_id;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.from_status} → {self.to_status}"
