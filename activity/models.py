from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept


class TransactionId(Func):
    """The 64-bit id of the running transaction (never wraps around, unlike xid)."""

    function = "pg_current_xact_id"
    template = "%(function)s()::text::bigint"
    arity = 0
    output_field = models.BigIntegerField()


class EventRecord(models.Model):
    """A fact in the log. Written once by `record`, read in batches by subscribers."""

    kind = models.CharField(_("kind"), max_length=60)
    payload = models.JSONField(
        _("content"),
    )
    # A plain number: the log lies below every other app, and outlives the members in it.
    actor_id = models.BigIntegerField(_("done by"), null=True)
    occurred_at = models.DateTimeField(_("happened on"), db_default=Now())
    # What it is news of, and whether it was done for a team; see Event.
    topics = ArrayField(
        models.CharField(max_length=60), verbose_name=_("news of"), default=list, db_default=[]
    )
    for_team = models.BooleanField(_("done for a team"), default=False, db_default=False)
    # Readers order by transaction and stop before the oldest one still running, so a row that
    # commits late cannot slip in behind them.
    transaction_id = models.BigIntegerField(
        _("transaction"), db_default=TransactionId(), editable=False
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["transaction_id", "id"], name="event_in_order"),
            models.Index(fields=["actor_id", "kind", "occurred_at"], name="event_by_actor"),
        ]
        triggers: ClassVar = [
            *kept("events_are_kept_as_written"),
            pgtrigger.Trigger(
                name="events_are_found_by_topic",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.topics <> '{}'"),
                func="""
                INSERT INTO activity_about (topic, occurred_at, event_id, actor_id)
                SELECT topic, NEW.occurred_at, NEW.id,
                       CASE WHEN NOT NEW.for_team THEN NEW.actor_id END
                FROM unnest(NEW.topics) AS topic;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class About(models.Model):
    """Which events are news of a topic, the newest found first. A trigger of the log writes it.

    `actor_id` is empty for what was done for a team: that is no person's deed.
    """

    pk = models.CompositePrimaryKey("topic", "occurred_at", "event_id")
    topic = models.CharField(_("topic"), max_length=60)
    occurred_at = models.DateTimeField(_("happened on"))
    event_id = models.BigIntegerField(_("event"))
    actor_id = models.BigIntegerField(_("done by"), null=True)

    class Meta:
        verbose_name = _("topic of an event")
        verbose_name_plural = _("topics of events")

    def __str__(self) -> str:
        return f"{self.event_id} about {self.topic}"


class Bookmark(models.Model):
    """How far a subscriber has read. The row is locked while a batch is handed over."""

    subscriber = models.CharField(_("subscriber"), max_length=120, primary_key=True)
    transaction_id = models.BigIntegerField(_("transaction"), default=0)
    event_id = models.BigIntegerField(_("last event"), default=0)
    moved_at = models.DateTimeField(_("moved on"), auto_now=True)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")

    def __str__(self) -> str:
        return self.subscriber


class ParkedQuerySet(models.QuerySet["ParkedEvent"]):
    def waiting(self) -> "ParkedQuerySet":
        return self.filter(replayed_at=None)


class ParkedEvent(models.Model):
    """An event that a subscriber could not take. It waits here until somebody replays it."""

    subscriber = models.CharField(_("subscriber"), max_length=120)
    event = models.ForeignKey(
        EventRecord, on_delete=models.CASCADE, related_name="+", verbose_name=_("event")
    )
    error = models.TextField(
        _("error"),
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=1)
    parked_at = models.DateTimeField(_("parked on"), db_default=Now())
    replayed_at = models.DateTimeField(_("handed over on"), null=True)

    objects = ParkedQuerySet.as_manager()

    class Meta:
        verbose_name = _("parked event")
        verbose_name_plural = _("parked events")
        ordering: ClassVar = ["-parked_at"]
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "event"], name="parked_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.subscriber}: {self.event_id}"


class WakeUp(models.Model):
    """One row: whether a worker has already been asked to come, so that it is asked once."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_wake_up")]

    def __str__(self) -> str:
        return f"asked {self.asked_at}"
