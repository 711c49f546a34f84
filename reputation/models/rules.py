from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from reputation.kinds import Kind

# Rules are known before they hold: what happened under the old ones must not wait in the log.
NOTICE = timedelta(minutes=10)


class RuleBook(models.Model):
    """A version of the rules: it holds for what happens from then on. Only ever added."""

    version = models.PositiveSmallIntegerField(_("version"), primary_key=True)
    holds_from = models.DateTimeField(_("holds from"), unique=True)
    # The most that the capped kinds of one day bring together, in points.
    daily_cap = models.PositiveIntegerField(_("points a day at most"))
    why = models.TextField(_("why it was changed"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made on"), db_default=Now())

    class Meta:
        verbose_name = _("version of the rules")
        verbose_name_plural = _("versions of the rules")
        ordering: ClassVar = ["-version"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="rules_change_for_a_reason"),
            models.CheckConstraint(
                condition=Q(version=1) | Q(holds_from__gte=F("made_at") + NOTICE),
                name="rules_change_from_then_on",
            ),
        ]
        triggers: ClassVar = kept("rule_books_are_kept")

    def __str__(self) -> str:
        return f"v{self.version}"


class Rule(models.Model):
    """How many points one kind of deed brings by one version of the rules."""

    book = models.ForeignKey(RuleBook, on_delete=models.PROTECT, related_name="rules")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    points = models.IntegerField(_("points"))

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        constraints = [
            models.UniqueConstraint(fields=["book", "kind"], name="one_rule_each"),
            models.CheckConstraint(condition=~Q(points=0), name="a_rule_is_worth_points"),
        ]
        triggers: ClassVar = kept("rules_are_kept")

    def __str__(self) -> str:
        return f"{self.kind} {self.points:+d}"
