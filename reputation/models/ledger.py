from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from reputation.kinds import Cause, Kind, Thing


class IsOn(Func):
    """Whether the newest event of a stamp set it. A stamp that is empty was never touched."""

    template = "(coalesce(%(expressions)s, 0) & 1 = 1)"
    output_field = models.BooleanField()
    arity = 1


class Ground(models.Model):
    """Something that a member may have points for, and whether it holds.

    It holds while it is given and nothing suspends it: a vote that is withdrawn while its idea is
    hidden brings nothing when the idea is shown again. Each turn of `holds` is an entry.

    What gives or suspends it is a stamp: the number of the newest event about it, doubled, and
    one more if that event set it. The greater stamp wins, so an event that comes late, or again,
    undoes nothing that is newer.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    # Members are never deleted, and a trigger looks at thousands of new rows at once.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="grounds",
        verbose_name=_("member"),
        db_index=False,
        db_constraint=False,
    )
    # Whose deed it is: the voter, the asker. A plain number, and 0 where it is nobody's.
    actor_id = models.BigIntegerField(_("done by"), default=0)
    thing = models.CharField(_("about"), max_length=10, choices=Thing)
    thing_id = models.BigIntegerField(_("number"))
    given_stamp = models.BigIntegerField(default=1)
    voided_stamp = models.BigIntegerField(null=True)
    reversed_stamp = models.BigIntegerField(null=True)
    hidden_stamp = models.BigIntegerField(null=True)
    # When it was given last, and what it is worth by the rules of that moment.
    since = models.DateTimeField(_("since"))
    points = models.IntegerField(_("points"))
    book = models.ForeignKey(
        "reputation.RuleBook",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("rules"),
    )
    given = models.GeneratedField(
        expression=IsOn("given_stamp"), output_field=models.BooleanField(), db_persist=True
    )
    holds = models.GeneratedField(
        expression=ExpressionWrapper(
            Q(IsOn("given_stamp"))
            & ~Q(IsOn("voided_stamp"))
            & ~Q(IsOn("reversed_stamp"))
            & ~Q(IsOn("hidden_stamp")),
            output_field=models.BooleanField(),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("ground for points")
        verbose_name_plural = _("grounds for points")
        constraints = [
            models.UniqueConstraint(
                fields=["thing_id", "actor_id", "kind", "thing"], name="one_ground_each"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-since"], name="ground_of_member"),
            models.Index(
                fields=["actor_id", "since"],
                condition=Q(kind=Kind.SUPPORTED),
                name="ground_by_voter",
            ),
            # What detectors have not seen yet.
            models.Index(fields=["since"], condition=Q(kind=Kind.SUPPORTED), name="vote_newest"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="grounds_are_of_members",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),
                func="""
                IF EXISTS (
                    SELECT FROM (SELECT DISTINCT member_id FROM fresh) AS one
                    WHERE NOT EXISTS (SELECT FROM community_member WHERE id = one.member_id)
                ) THEN
                    RAISE foreign_key_violation USING MESSAGE = 'Points are for members.',
                        CONSTRAINT = 'grounds_are_of_members';
                END IF;
                RETURN NULL;
                """,
            ),
            pgtrigger.Protect(name="grounds_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}:{self.thing_id} of {self.member_id}"

    @property
    def suspended_by(self) -> list[Cause]:
        """What keeps it from holding although it is given."""
        stamps = {
            Cause.VOIDED: self.voided_stamp,
            Cause.REVERSED: self.reversed_stamp,
            Cause.HIDDEN: self.hidden_stamp,
        }
        return [cause for cause, stamp in stamps.items() if (stamp or 0) & 1]


class Entry(models.Model):
    """Points that a member got or lost, for good. A reversal is an exact negation.

    `counts_on` is the day under whose cap it falls: that on which its ground was given.
    """

    # What it is about is written here, too: a ground goes on, an entry stays as it is.
    ground = models.ForeignKey(
        Ground,
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=_("ground"),
        db_index=False,
        db_constraint=False,
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=_("member"),
        db_index=False,
        db_constraint=False,
    )
    actor_id = models.BigIntegerField(_("done by"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    cause = models.CharField(_("cause"), max_length=20, choices=Cause)
    thing = models.CharField(_("about"), max_length=10, choices=Thing)
    thing_id = models.BigIntegerField(_("number"))
    points = models.IntegerField(_("points"))
    book = models.ForeignKey(
        "reputation.RuleBook",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("rules"),
    )
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="reversed_by",
        db_constraint=False,
    )
    # What was done at once, such as a voiding: its number.
    batch = models.BigIntegerField(_("batch"), null=True)
    # The event that turned its ground: it does so once.
    event = models.BigIntegerField(_("event"))
    occurred_at = models.DateTimeField(_("happened on"))
    counts_on = models.DateField(_("counts on"))
    recorded_at = models.DateTimeField(_("written on"), db_default=Now())

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("ledger")
        constraints = [
            models.UniqueConstraint(fields=["ground", "event"], name="booked_once"),
            models.CheckConstraint(condition=~Q(points=0), name="an_entry_is_worth_points"),
            models.CheckConstraint(
                condition=Q(reverses=None) | ~Q(reverses=F("id")), name="reverses_another"
            ),
        ]
        indexes = [models.Index(fields=["member", "-counts_on", "-id"], name="entry_of_member")]
        triggers: ClassVar = [
            *kept("the_ledger_is_kept"),
            # For all new rows at once: a key per row would cost more than the row.
            pgtrigger.Trigger(
                name="entries_are_sound",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),
                func="""
                IF EXISTS (
                    SELECT FROM fresh LEFT JOIN reputation_ground AS ground
                        ON ground.id = fresh.ground_id
                    WHERE (ground.member_id, ground.kind) IS DISTINCT FROM
                          (fresh.member_id, fresh.kind)
                ) THEN
                    RAISE check_violation USING MESSAGE = 'An entry is on a ground of its member.',
                        CONSTRAINT = 'entries_have_grounds';
                END IF;
                IF EXISTS (
                    SELECT FROM fresh LEFT JOIN reputation_entry AS before
                        ON before.id = fresh.reverses_id AND before.reverses_id IS NULL
                    WHERE fresh.reverses_id IS NOT NULL
                      AND (before.member_id, before.ground_id, before.counts_on, before.points)
                          IS DISTINCT FROM
                          (fresh.member_id, fresh.ground_id, fresh.counts_on, -fresh.points)
                ) THEN
                    RAISE check_violation USING MESSAGE = 'A reversal is an exact negation.',
                        CONSTRAINT = 'reversals_are_exact';
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points:+d} for {self.member_id}"
