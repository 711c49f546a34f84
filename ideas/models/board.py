from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class BoardQuerySet(models.QuerySet["Board"]):
    def in_order(self) -> Self:
        return self.select_related("team", "calendar").order_by("position", "name")


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
    reply_days = models.PositiveSmallIntegerField(
        _("days to a first reply"),
        default=7,
        null=True,
        blank=True,
        help_text=_("Every new idea gets a first reply within these days. Empty: no such promise."),
    )
    calendar = models.ForeignKey(
        "ideas.WorkCalendar",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="boards",
        verbose_name=_("working calendar"),
        help_text=_("The days that count. Empty: every day does."),
    )
    needs_second_person = models.BooleanField(
        _("decisions need a second person"),
        db_default=False,
        help_text=_("What one of the team decides is public once a colleague has approved it."),
    )
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
            ),
            models.CheckConstraint(
                condition=Q(reply_days=None) | Q(reply_days__gte=1), name="replies_are_possible"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="terms_are_written_down",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(
                    "answer_threshold",
                    "answer_days",
                    "reply_days",
                    "reopen_threshold",
                    "calendar_id",
                ),
                func="""
                IF TG_OP = 'INSERT' OR
                   (OLD.answer_threshold, OLD.answer_days, OLD.reply_days, OLD.reopen_threshold,
                    OLD.calendar_id)
                   IS DISTINCT FROM
                   (NEW.answer_threshold, NEW.answer_days, NEW.reply_days, NEW.reopen_threshold,
                    NEW.calendar_id) THEN
                    INSERT INTO ideas_promiseterms (board_id, answer_threshold, answer_days,
                                                    reply_days, reopen_threshold, calendar_id,
                                                    since)
                    VALUES (NEW.id, NEW.answer_threshold, NEW.answer_days,
                            NEW.reply_days, NEW.reopen_threshold, NEW.calendar_id,
                            coalesce(nullif(current_setting('plenum.since', true), '')::timestamptz,
                                     statement_timestamp()));
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ideas:board", args=[self.slug])
