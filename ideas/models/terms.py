from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from ideas.models.promise import PromiseKind


class PromiseTerms(models.Model):
    """What a board promised from a moment on. A trigger on boards writes it at each change."""

    board = models.ForeignKey("ideas.Board", on_delete=models.CASCADE, related_name="terms")
    answer_threshold = models.PositiveIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    reply_days = models.PositiveSmallIntegerField(null=True)
    reopen_threshold = models.PositiveIntegerField()
    calendar = models.ForeignKey(
        "ideas.WorkCalendar", on_delete=models.PROTECT, null=True, related_name="+"
    )
    since = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("terms of a promise")
        verbose_name_plural = _("terms of promises")
        ordering = ["-since", "-id"]
        triggers: ClassVar = kept("terms_are_kept")

    def __str__(self) -> str:
        return f"{self.board_id} since {self.since}"


class PromiseCount(models.Model):
    """How many promises ended in a month, by how, and after how many days. A trigger keeps it.

    Medians and shares are sums over these few rows, however many promises there were.
    """

    board = models.ForeignKey("ideas.Board", on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey("community.Team", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=PromiseKind)
    # The first day, by UTC.
    month = models.DateField()
    # "kept", "late" or "withdrawn".
    outcome = models.CharField(max_length=10)
    # Whole days from start to end, begun ones counted: 1 is within a day.
    took = models.PositiveIntegerField()
    promises = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of promises")
        verbose_name_plural = _("counts of promises")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "board", "team", "kind", "outcome", "took"],
                name="one_count_of_promises",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month}: {self.promises} {self.outcome}"
