from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class BoardQuerySet(models.QuerySet["Board"]):
    def in_order(self) -> Self:
        return self.select_related("team").order_by("position", "name")


class Board(models.Model):
    """A product area with one owning team, and what that team promises there."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("what belongs here"), max_length=300, blank=True)
    team = models.ForeignKey(
        "community.Team",
        on_delete=models.PROTECT,
        related_name="boards",
        verbose_name=_("owning team"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    accepts_ideas = models.BooleanField(_("takes new ideas"), default=True)
    answer_threshold = models.PositiveIntegerField(
        _("supporters that earn an answer"),
        default=50,
        help_text=_("An idea with this many supporters is answered within the days below."),
    )
    answer_days = models.PositiveSmallIntegerField(_("days to answer"), default=30)
    reopen_threshold = models.PositiveIntegerField(
        _("supporters that reopen"),
        default=50,
        help_text=_(
            "A declined idea is reviewed again after this much support since the decision."
        ),
    )
    uses_budget = models.BooleanField(
        _("supports are limited"),
        default=False,
        help_text=_("Members may have 2 to 10 active supports here, by trust level."),
    )

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_threshold__gte=1, answer_days__gte=1, reopen_threshold__gte=1),
                name="promises_are_possible",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ideas:board", args=[self.slug])
