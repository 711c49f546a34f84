from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from community.models import Member
from ideas.models.idea import Idea
from ideas.models.support import Support


class Consent(models.TextChoices):
    """What the author of a merged idea says to it."""

    ASKED = "asked", _("asked")
    AGREED = "agreed", _("agreed")
    OBJECTED = "objected", _("objected")


class MergeQuerySet(models.QuerySet["Merge"]):
    def live(self) -> Self:
        return self.filter(undone_at=None)

    def under(self, idea_id: int, viewer: Member | None) -> Self:
        """What stands under an idea and everybody may see, with all that its page shows of it.

        `viewer_supports`: whether the viewer's support came with the merged idea.
        """
        mine = Support.objects.active().filter(idea=OuterRef("duplicate"), member=viewer)
        rows = self.live().filter(duplicate__merged_into=idea_id, duplicate__hidden_at=None)
        people = ("duplicate__author", "merged_by", "team", "replied_by")
        ideas = ("duplicate__tally", "duplicate__board", "survivor__board")
        return (
            rows.select_related(*people, *ideas)
            .defer("duplicate__search", "duplicate__body", "survivor__search", "survivor__body")
            .annotate(viewer_supports=Exists(mine) if viewer else Value(value=False))
            .fetch_mode(models.FETCH_RAISE)
            .order_by("merged_at", "id")
        )


class Merge(models.Model):
    """That an idea stands under another one. A link: nothing is copied, so undoing loses nothing.

    `survivor` is what the team chose; when that one is merged further, `Idea.merged_into` of
    both points to the last, and undoing the later merge brings this one back to its survivor.
    """

    duplicate = models.ForeignKey(
        Idea, on_delete=models.PROTECT, related_name="merges", verbose_name=_("merged idea")
    )
    survivor = models.ForeignKey(
        Idea, on_delete=models.PROTECT, related_name="merged", verbose_name=_("merged into")
    )
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    team = models.ForeignKey(
        "community.Team", on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(_("why they are the same"), max_length=500)
    merged_at = models.DateTimeField(_("merged on"))
    consent = models.CharField(
        _("the author"), max_length=10, choices=Consent, default=Consent.ASKED
    )
    consent_at = models.DateTimeField(_("said on"), null=True)
    objection = models.TextField(_("objection"), max_length=2000, blank=True)
    reply = models.TextField(_("the team's reply"), max_length=2000, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    replied_at = models.DateTimeField(_("replied on"), null=True)
    undone_at = models.DateTimeField(_("undone on"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undo_note = models.CharField(_("why it was undone"), max_length=500, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(undone_at=None), name="merged_into_one"
            ),
            models.CheckConstraint(
                condition=~Q(duplicate=F("survivor")), name="nothing_is_merged_into_itself"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="merges_say_why"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_note="")),
                name="undone_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(consent=Consent.ASKED, consent_at=None, objection="")
                | Q(consent=Consent.AGREED, consent_at__isnull=False, objection="")
                | (Q(consent=Consent.OBJECTED, consent_at__isnull=False) & ~Q(objection="")),
                name="objections_have_words",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_by=None, replied_at=None)
                | (
                    Q(consent=Consent.OBJECTED, replied_by__isnull=False, replied_at__isnull=False)
                    & ~Q(reply="")
                ),
                name="replies_answer_an_objection",
            ),
        ]
        indexes = [
            models.Index(fields=["survivor"], condition=Q(undone_at=None), name="merge_survivor"),
            models.Index(
                fields=["consent_at"],
                condition=Q(undone_at=None, consent=Consent.OBJECTED, replied_at=None),
                name="merge_objected",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="merges_are_kept", operation=pgtrigger.Delete),
            never_emptied("merges_are_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate_id} into {self.survivor_id}"

    def get_absolute_url(self) -> str:
        """Where the merged idea stands now."""
        return f"/ideas/{self.duplicate.root_id}/#merged-{self.duplicate_id}"
