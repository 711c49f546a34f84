from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from reputation.kinds import Cause, Kind, Thing


class Ground(models.Model):
    """Something that a member may have points for, and whether it holds.

    It holds while it is given and nothing suspends it: a vote that is withdrawn while its idea is
    hidden brings nothing when the idea is shown again. Each turn of `holds` is an entry.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="grounds",
        verbose_name=_("member"),
        db_index=False,
    )
    # Whose deed it is: the voter, the asker. A plain number, and 0 where it is nobody's.
    actor_id = models.BigIntegerField(_("done by"), default=0)
    thing = models.CharField(_("about"), max_length=10, choices=Thing)
    thing_id = models.BigIntegerField(_("number"))
    given = models.BooleanField(_("given"), default=True)
    suspended_by = ArrayField(
        models.CharField(max_length=20, choices=Cause), default=list, db_default=[]
    )
    # When it was given last, and what it is worth by the rules of that moment.
    since = models.DateTimeField(_("since"))
    points = models.IntegerField(_("points"))
    book = models.ForeignKey(
        "reputation.RuleBook", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    holds = models.GeneratedField(
        expression=Q(given=True) & Q(suspended_by=[]),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("ground for points")
        verbose_name_plural = _("grounds for points")
        constraints = [
            models.UniqueConstraint(
                fields=["thing_id", "actor_id", "kind", "thing", "member"], name="one_ground_each"
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

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}:{self.thing_id} of {self.member_id}"


class Entry(models.Model):
    """Points that a member got or lost, for good. A reversal is an exact negation.

    `counts_on` is the day under whose cap it falls: of a reversal, that of what it reverses.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=_("member"),
        db_index=False,
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
        verbose_name=_("rules"),
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    # What was done at once, such as a voiding: its number.
    batch = models.BigIntegerField(_("batch"), null=True)
    occurred_at = models.DateTimeField(_("happened on"))
    counts_on = models.DateField(_("counts on"))
    recorded_at = models.DateTimeField(_("written on"), db_default=Now())
    # `event:ground`; a reversal by hand has one of its own. Nothing is booked twice.
    key = models.CharField(_("key"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("ledger")
        constraints = [
            models.CheckConstraint(condition=~Q(points=0), name="an_entry_is_worth_points"),
            models.CheckConstraint(
                condition=Q(reverses=None) | ~Q(reverses=F("id")), name="reverses_another"
            ),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="entry_of_member")]
        triggers: ClassVar = kept("the_ledger_is_kept")

    def __str__(self) -> str:
        return f"{self.points:+d} for {self.member_id}"
