from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept, never_emptied
from community.models import Member
from moderation.models.decision import Decision

# Six months, and some days for the mail.
COMPLAIN_DAYS = 184


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, viewer: Member) -> Self:
        """One's own."""
        return self.filter(member=viewer)

    def for_page(self) -> Self:
        """All that lists and pages show."""
        return self.select_related(
            "decision__case", "decision__clause", "decision__restriction", "complaint"
        )


class Statement(models.Model):
    """That a member was told what was decided about their text, and why.

    `puid` is its number in the EU's transparency database, and in addresses.
    """

    puid = models.UUIDField(_("number"), default=uuid4, unique=True, editable=False)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="statements", verbose_name=_("decision")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("told to"),
        db_index=False,
    )
    informed_at = models.DateTimeField(_("told on"), db_default=Now())

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of reasons")
        verbose_name_plural = _("statements of reasons")
        constraints = [
            models.UniqueConstraint(fields=["decision", "member"], name="told_once_each"),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="statement_by_member")]
        triggers: ClassVar = kept("statements_are_kept")

    def __str__(self) -> str:
        return str(self.puid)

    def get_absolute_url(self) -> str:
        return reverse("moderation:statement", args=[self.puid])

    @property
    def complain_until(self) -> datetime:
        return self.informed_at + timedelta(days=COMPLAIN_DAYS)

    @property
    def is_in_time(self) -> bool:
        return timezone.now() <= self.complain_until

    @property
    def answered_by(self) -> "Complaint | None":
        """The complaint about it, if any; at hand in `for_page`."""
        return getattr(self, "complaint", None)


class ComplaintOutcome(models.TextChoices):
    UPHELD = "upheld", _("The complaint is right")
    REJECTED = "rejected", _("The decision stands")


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def waiting(self) -> Self:
        return self.filter(decided_at=None)

    def for_list(self) -> Self:
        return self.select_related(
            "statement__decision__case", "statement__decision__clause", "member", "decided_by",
            "first_decider",
        )  # fmt: skip


class Complaint(models.Model):
    """What a member says against a decision, and what another moderator makes of it.

    Who decided first is copied by a trigger, so that the database can tell the two apart.
    """

    statement = models.OneToOneField(
        Statement,
        on_delete=models.PROTECT,
        related_name="complaint",
        verbose_name=_("statement of reasons"),
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("complains"),
    )
    words = models.CharField(_("complaint"), max_length=3000)
    filed_at = models.DateTimeField(_("filed on"), db_default=Now())
    due_at = models.DateTimeField(_("due on"))
    first_decider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided first"),
    )
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=ComplaintOutcome, blank=True, default=""
    )
    answer = models.CharField(_("answer"), max_length=2000, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided on"), null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="complaints_say_something"),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", decided_by=None, decided_at=None)
                | Q(
                    outcome__in=ComplaintOutcome.values,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(answer=""),
                name="complaints_are_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(first_decider=None)
                | ~Q(decided_by=F("first_decider")),
                name="another_decides_a_complaint",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("member")),
                name="nobody_decides_their_own_complaint",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(decided_at=None), name="complaint_queue"
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="complaints_are_kept", operation=pgtrigger.Delete),
            never_emptied("complaints_are_kept"),
            pgtrigger.Protect(
                name="what_was_complained_of_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "statement", "member", "words", "filed_at", "due_at", "first_decider"
                ),
            ),
            pgtrigger.Protect(
                name="complaints_are_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__decided_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="complaints_by_the_told_and_in_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("told", "record")],
                func=f"""
                SELECT s.member_id, s.informed_at, d.by_id INTO told
                FROM moderation_statement s JOIN moderation_decision d ON d.id = s.decision_id
                WHERE s.id = NEW.statement_id;
                IF told.member_id <> NEW.member_id
                   OR NEW.filed_at > told.informed_at + interval '{COMPLAIN_DAYS} days' THEN
                    RAISE check_violation USING
                        MESSAGE = 'Complaints are made by whoever was told, and in time.',
                        CONSTRAINT = 'complaints_by_the_told_and_in_time';
                END IF;
                NEW.first_decider_id := told.by_id;
                RETURN NEW;
                """,  # noqa: S608  # put together of constants
            ),
        ]

    def __str__(self) -> str:
        return f"complaint {self.pk}"
