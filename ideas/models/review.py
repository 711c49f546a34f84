"""What the product team keeps to itself. Nothing here may reach a public page or the open API."""

from collections.abc import Collection
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from community.models import Member
from ideas.models.idea import Idea

LOWEST, HIGHEST = 1, 5
LONGEST_QUERY = 500
SCORES = ("impact", "effort", "confidence", "fit")


def _score(label: object) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(label, null=True, blank=True)  # type: ignore[arg-type]


class Review(models.Model):
    """How a team sees an idea: who looks after it, and how it scores, 1 to 5 each."""

    idea = models.OneToOneField(
        Idea, on_delete=models.CASCADE, primary_key=True, related_name="review"
    )
    # The team in charge, where it is not the board's own.
    team = models.ForeignKey(
        "community.Team", on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("assigned to"),
    )
    impact = _score(_("impact"))
    effort = _score(_("effort"))
    confidence = _score(_("confidence"))
    fit = _score(_("fit"))
    # impact × confidence × fit ÷ effort, 0.2 to 125; empty while a score is missing. See
    # docs/review.md.
    priority = models.GeneratedField(
        expression=Cast(F("impact") * F("confidence") * F("fit"), models.FloatField())
        / F("effort"),
        output_field=models.FloatField(),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(**{f"{name}": None})
                        | Q(**{f"{name}__gte": LOWEST, f"{name}__lte": HIGHEST})
                        for name in SCORES
                    )
                ),
                name="scores_from_1_to_5",
            )
        ]
        indexes = [
            models.Index(
                fields=["assignee", "idea"],
                condition=Q(assignee__isnull=False),
                name="review_assignee",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="tally_knows_the_priority",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                UPDATE ideas_ideatally SET priority = NEW.priority
                WHERE idea_id = NEW.idea_id AND priority IS DISTINCT FROM NEW.priority;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.idea_id}"


class Note(models.Model):
    """A private remark of the team on an idea."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_notes"
    )
    body = models.TextField(_("note"), max_length=5000)
    body_html = models.TextField(editable=False)
    written_at = models.DateTimeField(_("written on"), db_default=Now())
    removed_at = models.DateTimeField(_("removed on"), null=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["id"]
        indexes = [models.Index(fields=["idea", "id"], name="note_of_idea")]

    def __str__(self) -> str:
        return f"note {self.pk} on {self.idea_id}"


class DeedKind(models.TextChoices):
    OPENED = "opened", _("looked at it first")
    ASSIGNED = "assigned", _("assigned it")
    NOTED = "noted", _("wrote a note")
    NOTE_REMOVED = "note_removed", _("removed a note")
    SCORED = "scored", _("scored it")
    TAGGED = "tagged", _("changed its tags")
    MERGED = "merged", _("merged it")
    UNMERGED = "unmerged", _("undid a merge")
    DECIDED = "decided", _("decided")
    PROPOSED = "proposed", _("proposed a decision")
    APPROVED = "approved", _("approved a decision")
    RETURNED = "returned", _("returned a proposed decision")
    SCHEDULED = "scheduled", _("scheduled a decision")
    CANCELLED = "cancelled", _("cancelled a waiting decision")
    CREDITED = "credited", _("credited a comment")
    WITHDREW = "withdrew", _("withdrew a promise")


class TeamDeed(models.Model):
    """Something that somebody of a team did to an idea. Never changed."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="deeds")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(_("what"), max_length=20, choices=DeedKind)
    # Plain values that the line in the history is made from, by kind.
    detail = models.JSONField(default=dict)
    happened_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("deed of a team")
        verbose_name_plural = _("deeds of teams")
        indexes = [models.Index(fields=["idea", "-id"], name="deed_of_idea")]
        triggers: ClassVar = kept("deeds_are_kept")

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.idea_id}"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def seen_by(self, member: Member, teams: Collection[int]) -> Self:
        """One's own, and those that are shared with these teams."""
        return self.filter(Q(owner=member) | Q(team__in=teams)).select_related("owner", "team")


class SavedView(models.Model):
    """A view of the review queue that somebody keeps: the query of its address, under a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_views"
    )
    # Whom it is shared with; nobody when empty.
    team = models.ForeignKey(
        "community.Team", on_delete=models.CASCADE, null=True, blank=True, related_name="views"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=LONGEST_QUERY)
    created_at = models.DateTimeField(db_default=Now())

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_view_of_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="views_have_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Somebody of the team who has an idea open right now."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_default=Now())
    is_deciding = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["idea", "member"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.idea_id}"
