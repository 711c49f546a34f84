"""Badges that members have, and whose have to be looked at again."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from community.models import Member
from community.models.sight import blocked_by, blocking, nearness
from reputation.badges import BY_SLUG, Badge
from reputation.kinds import Thing


class Reason(models.TextChoices):
    """Why a badge is taken back."""

    LOST = "lost", _("What it was for does not hold any more")
    HIDDEN = "hidden", _("What it was for is hidden by moderation")
    GONE = "gone", _("There is no such badge any more")


class Award(models.Model):
    """A badge that a member was given. Given, and maybe revoked; given again is a row of its own.

    What it was for is a thing and its number, or neither where the badge is earned once. `turn`
    counts how often the same badge was given for the same thing: only the first is told.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="awards",
        verbose_name=_("member"),
        db_index=False,
    )
    badge = models.CharField(_("badge"), max_length=30)
    thing = models.CharField(_("for"), max_length=10, choices=Thing, blank=True)
    thing_id = models.BigIntegerField(_("number"), default=0)
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    # When all that it asks for had happened. It is given a little later.
    earned_at = models.DateTimeField(_("earned on"))
    awarded_at = models.DateTimeField(_("given on"), db_default=Now())
    revoked_at = models.DateTimeField(_("taken back on"), null=True)
    reason = models.CharField(_("why"), max_length=10, choices=Reason, blank=True)

    class Meta:
        verbose_name = _("badge given")
        verbose_name_plural = _("badges given")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "badge", "thing", "thing_id", "turn"], name="awards_take_turns"
            ),
            models.UniqueConstraint(
                fields=["member", "badge", "thing", "thing_id"],
                condition=Q(revoked_at=None),
                name="one_award_in_force",
            ),
            models.CheckConstraint(
                condition=Q(thing="", thing_id=0) | (~Q(thing="") & Q(thing_id__gt=0)),
                name="awards_are_for_something",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, reason="")
                | (Q(revoked_at__isnull=False) & ~Q(reason="")),
                name="awards_are_revoked_for_a_reason",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="awards_stay", operation=pgtrigger.Delete),
            never_emptied("awards_stay"),
            pgtrigger.Trigger(
                name="awards_are_only_revoked",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                IF OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL
                   OR (OLD.id, OLD.member_id, OLD.badge, OLD.thing, OLD.thing_id, OLD.turn,
                       OLD.earned_at, OLD.awarded_at)
                      IS DISTINCT FROM
                      (NEW.id, NEW.member_id, NEW.badge, NEW.thing, NEW.thing_id, NEW.turn,
                       NEW.earned_at, NEW.awarded_at) THEN
                    RAISE check_violation USING MESSAGE = 'An award is revoked, once, or stays.',
                        CONSTRAINT = 'awards_are_only_revoked';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.badge} of {self.member_id}"


class HoldingQuerySet(models.QuerySet["Holding"]):
    def shown_to(self, viewer: Member | None) -> "HoldingQuerySet":
        """Of those who let the viewer find them, each with how near the viewer stands to them."""
        rows = self.select_related("member__profile").filter(member__is_active=True)
        rows = rows.annotate(nearness=nearness(viewer, "member"))
        rows = rows.filter(member__profile__found_for__lte=F("nearness"))
        if viewer is None:
            return rows
        return rows.exclude(blocking(viewer, "member")).exclude(blocked_by(viewer, "member"))


class Holding(models.Model):
    """A member has a badge: how many times, and what for last. Summed up from the awards."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="badges",
        verbose_name=_("member"),
        db_index=False,
    )
    badge = models.CharField(_("badge"), max_length=30)
    times = models.PositiveIntegerField(_("times"))
    thing = models.CharField(_("for"), max_length=10, choices=Thing, blank=True)
    thing_id = models.BigIntegerField(_("number"), default=0)
    latest_at = models.DateTimeField(_("last earned on"))

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge of a member")
        verbose_name_plural = _("badges of members")
        constraints = [
            models.UniqueConstraint(fields=["member", "badge"], name="held_once"),
            models.CheckConstraint(condition=Q(times__gt=0), name="held_at_least_once"),
        ]
        indexes = [models.Index(fields=["badge", "-latest_at", "-id"], name="holding_newest")]

    def __str__(self) -> str:
        return f"{self.times} × {self.badge} of {self.member_id}"

    @property
    def told(self) -> Badge:
        """The badge in words."""
        return BY_SLUG[self.badge]


class BadgeTally(models.Model):
    """How many members have a badge, and how many times in all."""

    badge = models.CharField(_("badge"), max_length=30, primary_key=True)
    members = models.IntegerField(_("members"), default=0)
    awards = models.IntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("number of a badge")
        verbose_name_plural = _("numbers of badges")

    def __str__(self) -> str:
        return f"{self.badge}: {self.members}"


class BadgeDue(models.Model):
    """Something that badges are for has changed for a member: theirs are to be looked at again.

    Written with the change itself. A member may be here twice: nobody who books has to wait for
    whoever looks.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("member"),
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        verbose_name = _("badges to look at")
        verbose_name_plural = _("badges to look at")

    def __str__(self) -> str:
        return f"{self.member_id}"


class SolvedFor(models.Model):
    """An accepted answer solved it for one more member. See Ground for stamps."""

    pk = models.CompositePrimaryKey("reply_id", "member")
    reply_id = models.BigIntegerField(_("reply"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("member"),
    )
    since = models.DateTimeField(_("since"))
    stamp = models.BigIntegerField()

    class Meta:
        verbose_name = _("problem that an answer solved, too")
        verbose_name_plural = _("problems that an answer solved, too")

    def __str__(self) -> str:
        return f"reply {self.reply_id} for {self.member_id}"
