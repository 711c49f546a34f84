from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    CLAIMED = "claimed", _("Claimed")
    DISMISSED = "dismissed", _("False alarm")
    ACTED = "acted", _("Votes voided")


RUNNING = (CaseState.OPEN, CaseState.CLAIMED)


class Detector(models.TextChoices):
    RECIPROCAL = "reciprocal", _("Ring: they support each other")
    LOCKSTEP = "lockstep", _("Lockstep: the same ideas at the same time")
    SERIAL = "serial", _("Serial: many votes for one author within an hour")
    BURST = "burst", _("One place: votes from one block of addresses")
    NEWCOMERS = "newcomers", _("Newcomers: accounts made just before")


class CaseQuerySet(models.QuerySet["Case"]):
    def running(self) -> Self:
        return self.filter(state__in=RUNNING)


class Case(models.Model):
    """Votes that a detector wants a person to look at. It says nothing about anybody yet.

    The same votes open one case: the fingerprint is that of the votes it began with. `score` is
    the surprise in digits, more where trust does not reach along friendships; it orders the list.
    """

    detectors = ArrayField(models.CharField(max_length=10, choices=Detector))
    # The version of the thresholds.
    rules = models.PositiveSmallIntegerField(_("version of the thresholds"))
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.OPEN)
    score = models.FloatField(_("score"))
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    opened_at = models.DateTimeField(_("opened on"), db_default=Now())
    grown_at = models.DateTimeField(_("last grown on"), null=True)
    member_count = models.PositiveIntegerField(_("members"))
    vote_count = models.PositiveIntegerField(_("votes"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("claimed by"),
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case of votes")
        verbose_name_plural = _("cases of votes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLAIMED) | Q(claimed_by__isnull=False),
                name="claimed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.OPEN) | Q(claimed_by=None), name="open_to_all"
            ),
            models.CheckConstraint(
                condition=Q(vote_count__gt=0, member_count__gt=0, detectors__len__gt=0),
                name="a_case_has_evidence",
            ),
        ]
        indexes = [models.Index(fields=["state", "-score", "-id"], name="case_worst_first")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CaseVote(models.Model):
    """A vote that is evidence. `batch_id` is the voiding that it is void by now, if any."""

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="votes", verbose_name=_("case"), db_index=False
    )
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("voter"),
        db_index=False,
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
        db_index=False,
    )
    idea_id = models.BigIntegerField(_("idea"))
    given_at = models.DateTimeField(_("given on"))
    batch_id = models.BigIntegerField(_("voided by"), null=True)

    class Meta:
        verbose_name = _("vote in question")
        verbose_name_plural = _("votes in question")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "voter", "idea_id"], name="evidence_is_named_once"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "given_at", "id"], name="evidence_in_order"),
            models.Index(fields=["voter", "idea_id"], name="evidence_by_vote"),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id} for {self.idea_id}"


class Step(models.TextChoices):
    OPENED = "opened", _("Opened")
    GROWN = "grown", _("Grew")
    CLAIMED = "claimed", _("Claimed")
    RELEASED = "released", _("Given back")
    DISMISSED = "dismissed", _("Dismissed as a false alarm")
    ACTED = "acted", _("Votes voided")
    REOPENED = "reopened", _("Open again: the voiding was undone")


class CaseStep(models.Model):
    """What was done with a case. Only ever added."""

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="steps", verbose_name=_("case"), db_index=False
    )
    step = models.CharField(_("step"), max_length=10, choices=Step)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    detail = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        constraints = [
            models.CheckConstraint(
                condition=~Q(step=Step.DISMISSED) | ~Q(reason="") & Q(by__isnull=False),
                name="false_alarms_have_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="case_step_in_order")]
        triggers: ClassVar = kept("case_steps_are_kept")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.step}"
