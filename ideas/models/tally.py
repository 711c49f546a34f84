from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ideas import heat
from ideas.ordering import FEW
from ideas.status import ANSWERS, WAITS_FOR_ANSWER, Status

IN_QUEUE = Q(listed=True, status__in=sorted(WAITS_FOR_ANSWER))
ON_ROADMAP = Q(listed=True, status__in=sorted(ANSWERS - {Status.DECLINED}))


class IdeaTally(models.Model):
    """The narrow row that lists sort, filter and count by; one for each idea.

    Triggers keep it: on ideas (board, status, listed, opened_at), on comments (comments), and
    ideas_fold_tally() folds the deltas of supports into `supports` and `hot`.
    """

    idea = models.OneToOneField(
        "ideas.Idea", on_delete=models.CASCADE, primary_key=True, related_name="tally"
    )
    board = models.ForeignKey(
        "ideas.Board", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    status = models.CharField(max_length=12, choices=Status.choices)
    listed = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    supports = models.IntegerField(default=0)
    hot = models.FloatField(default=heat.COLD)
    comments = models.IntegerField(default=0)
    # Where the idea stands in the circle that "Needs support" is read around.
    shuffle = models.FloatField()
    # The idea that this one was merged into, and how many were merged into this one.
    merged_into = models.ForeignKey(
        "ideas.Idea", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    gathers = models.IntegerField(db_default=0)
    # What the review lanes sort by: the next running promise, the last decision, the last return
    # from a no, and since when somebody of a team has looked at it.
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    # What the review's scores come to; a trigger on reviews keeps it.
    priority = models.FloatField(null=True)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.CheckConstraint(condition=Q(comments__gte=0), name="comments_not_negative"),
            models.CheckConstraint(condition=Q(supports__gte=0), name="supports_not_negative"),
            models.CheckConstraint(condition=Q(gathers__gte=0), name="gathers_not_negative"),
        ]
        indexes = [
            models.Index(fields=["-hot", "-idea"], condition=Q(listed=True), name="hot_all"),
            models.Index(
                fields=["board", "-hot", "-idea"], condition=Q(listed=True), name="hot_board"
            ),
            models.Index(
                fields=["status", "-hot", "-idea"], condition=Q(listed=True), name="hot_status"
            ),
            models.Index(fields=["-supports", "-idea"], condition=Q(listed=True), name="top_all"),
            models.Index(
                fields=["board", "-supports", "-idea"], condition=Q(listed=True), name="top_board"
            ),
            models.Index(
                fields=["status", "-supports", "-idea"], condition=Q(listed=True), name="top_status"
            ),
            models.Index(fields=["-opened_at", "-idea"], condition=Q(listed=True), name="new_all"),
            models.Index(
                fields=["board", "-opened_at", "-idea"], condition=Q(listed=True), name="new_board"
            ),
            models.Index(
                fields=["status", "-opened_at", "-idea"],
                condition=Q(listed=True),
                name="new_status",
            ),
            models.Index(
                fields=["shuffle", "idea"],
                condition=Q(listed=True, status=Status.OPEN, supports__lt=FEW),
                name="few_all",
            ),
            models.Index(
                fields=["board", "shuffle", "idea"],
                condition=Q(listed=True, status=Status.OPEN, supports__lt=FEW),
                name="few_board",
            ),
            models.Index(
                fields=["board", "due_at", "idea"],
                condition=Q(listed=True, due_at__isnull=False),
                name="lane_due",
            ),
            models.Index(
                fields=["board", "-supports", "-idea"], condition=IN_QUEUE, name="lane_top"
            ),
            models.Index(fields=["board", "-hot", "-idea"], condition=IN_QUEUE, name="lane_rising"),
            models.Index(
                fields=["board", "-reopened_at", "-idea"],
                condition=Q(listed=True, reopened_at__isnull=False),
                name="lane_reopened",
            ),
            models.Index(
                fields=["board", "shuffle", "idea"],
                condition=IN_QUEUE & Q(seen_at=None),
                name="lane_unseen",
            ),
            models.Index(
                fields=["board", "-priority", "-idea"],
                condition=IN_QUEUE & Q(priority__isnull=False),
                name="lane_scored",
            ),
            models.Index(
                fields=["status", "-decided_at", "-idea"],
                condition=ON_ROADMAP,
                name="roadmap_all",
            ),
            models.Index(
                fields=["board", "status", "-decided_at", "-idea"],
                condition=ON_ROADMAP,
                name="roadmap_board",
            ),
        ]

    def __str__(self) -> str:
        return f"tally of {self.idea_id}"


class TallyDelta(models.Model):
    """A change of an idea's support that is not folded into its tally yet.

    Written by the trigger on supports, so that many voters of one idea need not queue for one
    row. `heat` is the new vote's t/τ; empty when a vote left and the sum must be made anew.
    `supports` is empty when a merge asks for a recount of the votes.
    """

    idea = models.ForeignKey("ideas.Idea", on_delete=models.CASCADE, related_name="+")
    supports = models.SmallIntegerField(null=True)
    heat = models.FloatField(null=True)

    def __str__(self) -> str:
        return f"{self.supports or 0:+d} for {self.idea_id}"
