from datetime import timedelta
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from community.models import Member
from ideas.conditions import NARROWING, Conditions

# Up to so many votes one person may void alone, in one voiding and in a day.
ALONE = 20
A_DAY = timedelta(days=1)


class VoidingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for a second person")
    DONE = "done", _("In force")
    CANCELLED = "cancelled", _("Cancelled")
    UNDONE = "undone", _("Undone")


UNDER_WAY = (VoidingState.DRAFT, VoidingState.WAITING)
PUBLIC = (VoidingState.DONE, VoidingState.UNDONE)

_STANDS = """
    IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'draft'), ('draft', 'waiting'), ('draft', 'done'), ('draft', 'cancelled'),
        ('waiting', 'waiting'), ('waiting', 'done'), ('waiting', 'cancelled'),
        ('done', 'done'), ('done', 'undone')) THEN
        RAISE check_violation USING
            MESSAGE = 'A voiding cannot go from ' || OLD.state || ' to ' || NEW.state,
            CONSTRAINT = 'voidings_take_known_steps';
    END IF;
    IF OLD.state <> 'draft' AND (OLD.conditions, OLD.summary, OLD.note, OLD.case_number)
        IS DISTINCT FROM (NEW.conditions, NEW.summary, NEW.note, NEW.case_number) THEN
        RAISE check_violation USING
            MESSAGE = 'What a second person was asked about stands as it was.',
            CONSTRAINT = 'what_was_asked_stands';
    END IF;
    IF (OLD.made_by_id, OLD.made_at) IS DISTINCT FROM (NEW.made_by_id, NEW.made_at)
        OR OLD.state = 'done' AND (
            OLD.votes, OLD.idea_count, OLD.member_count, OLD.board_ids, OLD.done_by_id, OLD.done_at)
        IS DISTINCT FROM (
            NEW.votes, NEW.idea_count, NEW.member_count, NEW.board_ids, NEW.done_by_id, NEW.done_at)
    THEN
        RAISE check_violation USING
            MESSAGE = 'What was done stands as it was.', CONSTRAINT = 'what_was_done_stands';
    END IF;
    RETURN NEW;
"""
# At the end of the transaction: that the number which the second person is asked for by is true,
# and that undoing leaves nothing behind.
_COUNTED = """
    IF EXISTS (
        SELECT FROM ideas_voiding voiding
        WHERE voiding.id = NEW.id
          AND (SELECT count(*) FROM ideas_support WHERE voided_by_id = NEW.id)
              <> CASE voiding.state WHEN 'done' THEN voiding.votes ELSE 0 END) THEN
        RAISE check_violation USING
            MESSAGE = 'A voiding says how many votes it voids.',
            CONSTRAINT = 'voidings_count_their_votes';
    END IF;
    RETURN NULL;
"""


class VoidingQuerySet(models.QuerySet["Voiding"]):
    def public(self) -> Self:
        """What the public log tells of: everything that was ever in force."""
        return self.filter(state__in=PUBLIC)

    def alone_lately(self, member: Member) -> int:
        """How many votes somebody voided without a second person within a day."""
        since = timezone.now() - A_DAY
        own = self.filter(made_by=member, done_by=member, done_at__gt=since)
        return int(own.aggregate(votes=Sum("votes"))["votes"] or 0)


class Voiding(models.Model):
    """Votes that do not count, why, and by whose decision: a saved query, kept for good.

    `summary` is public and names nobody, as is `ended_why` of one that was undone; `note` is for
    those who decide. `case_number` is one of reputation's. The counts are of the moment in which
    it was carried out.
    """

    conditions = models.JSONField(_("conditions"))
    summary = models.CharField(_("public reason"), max_length=500)
    note = models.TextField(_("note for colleagues"), max_length=4000, blank=True)
    case_number = models.BigIntegerField(_("case"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=VoidingState, default=VoidingState.DRAFT
    )
    votes = models.PositiveIntegerField(_("votes"), default=0)
    idea_count = models.PositiveIntegerField(_("ideas"), default=0)
    member_count = models.PositiveIntegerField(_("members"), default=0)
    board_ids = ArrayField(models.BigIntegerField(), default=list, db_default=[], editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made on"), db_default=Now())
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("carried out by"),
    )
    done_at = models.DateTimeField(_("carried out on"), null=True)
    # Cancelled before it was carried out, or undone after.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ended by"),
    )
    ended_at = models.DateTimeField(_("ended on"), null=True)
    ended_why = models.CharField(_("why it ended"), max_length=500, blank=True)

    objects = VoidingQuerySet.as_manager()

    class Meta:
        verbose_name = _("voiding of votes")
        verbose_name_plural = _("voidings of votes")
        constraints = [
            models.CheckConstraint(
                condition=Q(conditions__has_any_keys=list(NARROWING)),
                name="no_voiding_without_conditions",
            ),
            models.CheckConstraint(condition=~Q(summary=""), name="voidings_say_why"),
            models.CheckConstraint(
                condition=Q(state__in=PUBLIC, done_at__isnull=False, done_by__isnull=False)
                | (~Q(state__in=PUBLIC) & Q(done_at=None, done_by=None, votes=0)),
                name="carried_out_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(votes__lte=ALONE) | ~Q(done_by=F("made_by")),
                name="a_second_person_voids_many",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[VoidingState.CANCELLED, VoidingState.UNDONE])
                    & Q(ended_at__isnull=False, ended_by__isnull=False)
                    & ~Q(ended_why="")
                )
                | (
                    ~Q(state__in=[VoidingState.CANCELLED, VoidingState.UNDONE])
                    & Q(ended_at=None, ended_by=None, ended_why="")
                ),
                name="ended_by_somebody_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-done_at", "-id"],
                condition=Q(state__in=PUBLIC),
                name="voiding_public",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="voidings_are_kept", operation=pgtrigger.Delete),
            never_emptied("voidings_are_kept"),
            pgtrigger.Trigger(
                name="voidings_stand",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_STANDS,
            ),
            pgtrigger.Trigger(
                name="voidings_count_their_votes",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                timing=pgtrigger.Deferred,
                func=_COUNTED,
            ),
        ]

    def __str__(self) -> str:
        return f"voiding {self.pk}"

    @property
    def asked(self) -> Conditions:
        """The saved query."""
        return Conditions.of(self.conditions)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_undone(self) -> bool:
        return self.state == VoidingState.UNDONE
