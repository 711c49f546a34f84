"""Decisions before they are made: templates, and what waits for a colleague or for its day."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from community.models import Member
from ideas.models.decision import Decision
from ideas.models.idea import Idea
from ideas.status import CostBand, Reason, Status

PLACEHOLDER = re.compile(r"\{(\w+)\}")


class DecisionTemplate(models.Model):
    """A text that a decision may begin with, for a step and (where it is a no) a reason."""

    to_status = models.CharField(_("step"), max_length=12, choices=Status.choices)
    reason = models.CharField(_("reason"), max_length=30, choices=Reason.choices, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=80)
    statement = models.TextField(
        _("public statement"),
        max_length=5000,
        help_text=_("{title}, {author}, {team} and {supporters} are filled in."),
    )
    change_our_mind = models.TextField(_("what would change our mind"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("template of decisions")
        verbose_name_plural = _("templates of decisions")
        ordering = ["to_status", "reason", "language", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["to_status", "reason", "language", "name"], name="one_template_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def words_for(self, idea: Idea) -> dict[str, str]:
        """The statement and what would change our mind, as they begin on an idea."""
        facts = {
            "title": idea.title,
            "author": idea.author.display_name,
            "team": idea.board.team.name,
            "supporters": str(idea.tally.supports),
        }
        return {
            "statement": _filled(self.statement, facts),
            "change_our_mind": _filled(self.change_our_mind, facts),
        }


def _filled(words: str, facts: Mapping[str, str]) -> str:
    # In one pass, so that a title with braces stays as it is; unknown braces stay, too.
    return PLACEHOLDER.sub(lambda found: facts.get(found[1], found[0]), words)


class PendingState(models.TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    SCHEDULED = "scheduled", _("waits for its day")
    PUBLISHED = "published", _("published")
    RETURNED = "returned", _("returned")
    CANCELLED = "cancelled", _("cancelled")
    STALE = "stale", _("overtaken by another step")


WAITING = frozenset({PendingState.PROPOSED, PendingState.SCHEDULED})


# What came back to its author, with the words as they were.
CAME_BACK = frozenset({PendingState.RETURNED, PendingState.STALE})


class PendingDecisionQuerySet(models.QuerySet["PendingDecision"]):
    def waiting(self) -> Self:
        return self.filter(state__in=sorted(WAITING))

    def few(self, most: int) -> int:
        """How many there are, counted as far as `most` and no further. One query."""
        return self.order_by()[:most].count()

    def due(self, now: datetime) -> Self:
        """Whose day has come, the longest waiting first."""
        rows = self.filter(state=PendingState.SCHEDULED, publish_at__lte=now)
        return rows.order_by("publish_at", "id")

    def of_boards(self, teams: Collection[int] | None) -> Self:
        """What waits on the boards of these teams (None: on all), on ideas that are not hidden."""
        shown = self.filter(idea__hidden_at=None)
        return shown if teams is None else shown.filter(idea__board__team__in=teams)

    def came_back(self, author: Member) -> Self:
        """What somebody wrote last on an idea, and what was returned or overtaken."""
        newer = PendingDecision.objects.filter(
            idea=OuterRef("idea"), proposed_by=author, id__gt=OuterRef("id")
        )
        mine = self.filter(proposed_by=author, state__in=sorted(CAME_BACK))
        return mine.filter(~Exists(newer)).order_by("-id")

    def for_list(self) -> Self:
        """All that a line about it shows, in one query; anything else raises."""
        return (
            self.select_related("idea__board__team", "proposed_by", "approved_by")
            .defer("idea__body", "idea__body_html", "idea__search")
            .fetch_mode(models.FETCH_RAISE)
        )


class PendingDecision(models.Model):
    """A decision that somebody wrote and that is not public yet. Private to the team."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="pending_decisions")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed on"), db_default=Now())
    to_status = models.CharField(_("status after"), max_length=12, choices=Status.choices)
    statement = models.TextField(_("public statement"), max_length=5000)
    reason = models.CharField(_("reason"), max_length=30, choices=Reason.choices, blank=True)
    change_our_mind = models.TextField(_("what would change our mind"), max_length=1000, blank=True)
    rough_when = models.CharField(_("roughly when"), max_length=60, blank=True)
    cost_band = models.CharField(_("effort"), max_length=10, choices=CostBand.choices, blank=True)
    revisit_on = models.DateField(_("we look again on"), null=True, blank=True)
    # The last decision that its author saw; 0 before the first.
    seen = models.BigIntegerField()
    # Questions and concerns that it answers, and comments that it uses.
    answers = ArrayField(models.BigIntegerField(), default=list)
    uses = ArrayField(models.BigIntegerField(), default=list)
    publish_at = models.DateTimeField(_("publish on"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=PendingState)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # What the second person, or whoever cancelled it, said.
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("ended on"), null=True)
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, related_name="pending"
    )

    objects = PendingDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting decision")
        verbose_name_plural = _("waiting decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=Q(state__in=sorted(WAITING)), name="one_waiting_decision"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state=PendingState.SCHEDULED) | Q(publish_at__isnull=False),
                name="scheduled_for_when",
            ),
            models.CheckConstraint(
                condition=Q(state=PendingState.PUBLISHED, decision__isnull=False)
                | (~Q(state=PendingState.PUBLISHED) & Q(decision=None)),
                name="published_as_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(WAITING), ended_at=None)
                | (~Q(state__in=sorted(WAITING)) & Q(ended_at__isnull=False)),
                name="waiting_or_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["publish_at"],
                condition=Q(state=PendingState.SCHEDULED),
                name="pending_publish",
            ),
            models.Index(
                fields=["-id"], condition=Q(state__in=sorted(WAITING)), name="pending_waiting"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="proposals_are_kept", operation=pgtrigger.Delete),
            never_emptied("proposals_are_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} to {self.to_status}: {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_proposed(self) -> bool:
        return self.state == PendingState.PROPOSED

    @property
    def is_scheduled(self) -> bool:
        return self.state == PendingState.SCHEDULED

    @property
    def is_overtaken(self) -> bool:
        return self.state == PendingState.STALE
