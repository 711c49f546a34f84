from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept, never_emptied
from ideas.models.idea import Idea


class PromiseKind(models.TextChoices):
    ANSWER = "answer", _("an answer")
    REPLY = "reply", _("a first reply")


class PromiseState(models.TextChoices):
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    KEPT = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = frozenset({PromiseState.RUNNING, PromiseState.PAUSED})

# How an ended promise is counted; see PromiseCount.
MONTH = "date_trunc('month', after.ended_at AT TIME ZONE 'UTC')::date"
OUTCOME = """CASE WHEN after.state = 'withdrawn' THEN 'withdrawn'
    WHEN after.ended_at <= after.due_at THEN 'kept' ELSE 'late' END"""
TOOK = "greatest(1, ceil(extract(epoch FROM after.ended_at - after.started_at) / 86400))::int"


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> Self:
        """Neither answered nor withdrawn."""
        return self.filter(state__in=sorted(OPEN))

    def for_rows(self) -> Self:
        """With all that a list shows of each, in one query."""
        rows = self.select_related("board", "team", "calendar", "owed_on", "withdrawn_by")
        return rows.defer("owed_on__body", "owed_on__body_html", "owed_on__search")


class Promise(models.Model):
    """A clock that ran: what a board owed an idea, by when, and what became of it.

    What was promised (board, team, terms, start) never changes, so new terms of a board move no
    running clock. `services.promising` writes it; a trigger shows it on the idea and its tally.
    """

    idea = models.ForeignKey(
        Idea, on_delete=models.PROTECT, related_name="promises", verbose_name=_("idea")
    )
    # Where it is owed: the idea itself, or the one that it was merged into.
    owed_on = models.ForeignKey(
        Idea, on_delete=models.PROTECT, related_name="owed", verbose_name=_("owed on")
    )
    board = models.ForeignKey(
        "ideas.Board", on_delete=models.PROTECT, related_name="promises", verbose_name=_("board")
    )
    team = models.ForeignKey(
        "community.Team", on_delete=models.PROTECT, related_name="promises", verbose_name=_("team")
    )
    kind = models.CharField(_("what was promised"), max_length=10, choices=PromiseKind)
    threshold = models.PositiveIntegerField(_("supporters that earned it"), null=True)
    days = models.PositiveSmallIntegerField(_("days to answer"))
    calendar = models.ForeignKey(
        "ideas.WorkCalendar",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("working calendar"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PromiseState, default=PromiseState.RUNNING
    )
    started_at = models.DateTimeField(_("since"))
    half_at = models.DateTimeField(_("half of the time is used"))
    near_at = models.DateTimeField(_("nine tenths are used"))
    due_at = models.DateTimeField(_("due on"))
    # By how many working days pauses have moved it.
    paused_days = models.PositiveSmallIntegerField(_("days paused"), default=0)
    # When somebody has to be reminded next; empty while paused, after the last time and at the end.
    escalate_at = models.DateTimeField(_("next reminder"), null=True)
    ended_at = models.DateTimeField(_("ended on"), null=True)
    decision = models.ForeignKey(
        "ideas.Decision", on_delete=models.PROTECT, null=True, related_name="promises"
    )
    comment = models.ForeignKey(
        "ideas.Comment", on_delete=models.PROTECT, null=True, related_name="promises"
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawal_reason = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "kind"],
                condition=Q(state__in=sorted(OPEN)),
                name="one_open_promise_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=PromiseKind.ANSWER, threshold__isnull=False)
                | Q(kind=PromiseKind.REPLY, threshold=None),
                name="answers_are_earned_replies_are_not",
            ),
            models.CheckConstraint(
                condition=Q(
                    started_at__lte=F("half_at"),
                    half_at__lte=F("near_at"),
                    near_at__lte=F("due_at"),
                ),
                name="a_clock_runs_forwards",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN), ended_at=None, decision=None, comment=None)
                | Q(state=PromiseState.WITHDRAWN, ended_at__isnull=False)
                | (
                    Q(state=PromiseState.KEPT, ended_at__gte=F("started_at"))
                    & (Q(decision__isnull=False) | Q(comment__isnull=False))
                ),
                name="an_end_says_how_it_came",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=PromiseState.WITHDRAWN, withdrawn_by__isnull=False)
                    & ~Q(withdrawal_reason="")
                )
                | (~Q(state=PromiseState.WITHDRAWN) & Q(withdrawn_by=None, withdrawal_reason="")),
                name="no_withdrawal_without_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(escalate_at=None) | Q(state=PromiseState.RUNNING),
                name="only_a_running_clock_reminds",
            ),
        ]
        indexes = [
            models.Index(fields=["idea", "kind", "-id"], name="promise_of_idea"),
            models.Index(fields=["owed_on", "kind", "due_at"], name="promise_owed_on"),
            models.Index(
                fields=["due_at", "id"], condition=Q(state=PromiseState.RUNNING), name="promise_due"
            ),
            models.Index(
                fields=["board", "due_at", "id"],
                condition=Q(state=PromiseState.RUNNING),
                name="promise_due_board",
            ),
            models.Index(
                fields=["escalate_at"],
                condition=Q(escalate_at__isnull=False),
                name="promise_to_escalate",
            ),
            models.Index(
                fields=["team", "kind"], condition=Q(state__in=sorted(OPEN)), name="promise_load"
            ),
            models.Index(
                fields=["board", "-ended_at", "-id"],
                condition=Q(state=PromiseState.WITHDRAWN),
                name="promise_withdrawn",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="promises_are_kept", operation=pgtrigger.Delete),
            never_emptied("promises_are_kept"),
            pgtrigger.Trigger(
                name="what_was_promised_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                IF (OLD.ended_at IS NOT NULL
                    AND to_jsonb(OLD) - 'owed_on_id' <> to_jsonb(NEW) - 'owed_on_id')
                   OR (OLD.idea_id, OLD.board_id, OLD.team_id, OLD.kind, OLD.threshold, OLD.days,
                       OLD.calendar_id, OLD.started_at)
                   IS DISTINCT FROM
                      (NEW.idea_id, NEW.board_id, NEW.team_id, NEW.kind, NEW.threshold, NEW.days,
                       NEW.calendar_id, NEW.started_at) THEN
                    RAISE check_violation USING
                        MESSAGE = 'What was promised, and how it ended, stays.',
                        CONSTRAINT = 'what_was_promised_stays';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="ended_promises_are_counted",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="before", new="after"),
                func=f"""
                INSERT INTO ideas_promisecount
                    (board_id, team_id, kind, month, outcome, took, promises)
                SELECT after.board_id, after.team_id, after.kind,
                       {MONTH}, {OUTCOME}, {TOOK}, count(*)
                FROM after JOIN before USING (id)
                WHERE before.ended_at IS NULL AND after.ended_at IS NOT NULL
                GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
                ON CONFLICT (month, board_id, team_id, kind, outcome, took)
                DO UPDATE SET promises = ideas_promisecount.promises + excluded.promises;
                RETURN NULL;
                """,  # noqa: S608 (constants of ours)
            ),
            pgtrigger.Trigger(
                name="promises_show_on_their_idea",
                when=pgtrigger.After,
                # Not for the next reminder, which is set without the idea's lock.
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("state", "due_at", "ended_at", "owed_on_id"),
                func="""
                PERFORM ideas_show_promises(NEW.owed_on_id);
                IF TG_OP = 'UPDATE' AND OLD.owed_on_id <> NEW.owed_on_id THEN
                    PERFORM ideas_show_promises(OLD.owed_on_id);
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.idea_id}: {self.state}"


class PauseCause(models.TextChoices):
    INFO = "info", _("the author owes information")
    HIDDEN = "hidden", _("the idea is hidden by moderation")


class PromisePause(models.Model):
    """A time in which a promise's clock stood still."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="pauses")
    cause = models.CharField(_("why"), max_length=10, choices=PauseCause)
    started_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("to"), null=True)

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(ended_at=None), name="one_pause_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="a_pause_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id}: {self.started_at} – {self.ended_at}"


class Escalation(models.Model):
    """That somebody was told of a promise at 50, 90 or 100 percent of its time. Once each."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="escalations")
    percent = models.PositiveSmallIntegerField(_("percent of the time used"))
    due_at = models.DateTimeField(_("due on"))
    happened_at = models.DateTimeField(_("told on"), db_default=Now())

    class Meta:
        verbose_name = _("reminder of a promise")
        verbose_name_plural = _("reminders of promises")
        constraints = [
            models.UniqueConstraint(fields=["promise", "percent"], name="escalated_once"),
            models.CheckConstraint(
                condition=Q(percent__in=[50, 90, 100]), name="escalation_levels"
            ),
        ]
        triggers: ClassVar = kept("escalations_are_kept")

    def __str__(self) -> str:
        return f"{self.promise_id} at {self.percent} %"
