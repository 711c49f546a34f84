from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

# Below so many supporters a number would say more about persons than about the support.
FEWEST = 5


class SupportQualityQuerySet(models.QuerySet["SupportQuality"]):
    def behind(self) -> Self:
        """Whose support has changed since it was measured, the longest first."""
        return self.filter(changed_at__isnull=False).order_by("changed_at", "idea")


class SupportQuality(models.Model):
    """What stands beside the tally of an idea, and never in it: measured now and then, in batches.

    See docs/votes.md. `supporters` is what the tally was then; `independent` lies between its
    square root and itself; `circle` counts friends of those who wrote the idea.
    """

    idea = models.OneToOneField(
        "ideas.Idea", on_delete=models.CASCADE, primary_key=True, related_name="quality"
    )
    supporters = models.PositiveIntegerField(default=0)
    independent = models.FloatField(default=0)
    circle = models.PositiveIntegerField(default=0)
    measured_at = models.DateTimeField(null=True)
    # Since when it is out of date; empty while it is not.
    changed_at = models.DateTimeField(null=True, db_default=Now())

    objects = SupportQualityQuerySet.as_manager()

    class Meta:
        verbose_name = _("quality of support")
        verbose_name_plural = _("qualities of support")
        constraints = [
            models.CheckConstraint(
                condition=Q(independent__lte=F("supporters"), circle__lte=F("supporters")),
                name="parts_of_the_support",
            )
        ]
        indexes = [
            models.Index(
                fields=["changed_at", "idea"],
                condition=Q(changed_at__isnull=False),
                name="quality_behind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.independent:.1f} of {self.supporters} for {self.idea_id}"

    @property
    def is_shown(self) -> bool:
        return self.measured_at is not None and self.supporters >= FEWEST

    @property
    def independent_whole(self) -> int:
        return round(self.independent)

    @property
    def circle_percent(self) -> int:
        """In steps of ten: a share that tells of no single friendship."""
        return round(10 * self.circle / self.supporters) * 10 if self.supporters else 0
