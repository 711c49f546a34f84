"""Who has the most points: written by a run of services.ranking, and only read by pages."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models.sight import blocked_by, blocking, nearness
from reputation.periods import Area, Period

if TYPE_CHECKING:
    from datetime import date

    from community.models import Member


class LeaderboardQuerySet(models.QuerySet["Leaderboard"]):
    def ended(self, period: str, before: "date") -> Self:
        """Those of the whole site that are over, the latest first."""
        rows = self.filter(area=Area.SITE, area_id=0, period=period, starts_on__lt=before)
        return rows.order_by("-starts_on")


class Leaderboard(models.Model):
    """One list of leaders: of a part of the site and a time, with how many have points at all.

    `starts_on` is empty where the time has no beginning. Those of the whole site stay when they are
    over, with the first few of their leaders.
    """

    area = models.CharField(_("part of the site"), max_length=5, choices=Area)
    # A board's or a tag's number; 0 for the whole site.
    area_id = models.BigIntegerField(_("number"), default=0)
    period = models.CharField(_("time"), max_length=9, choices=Period)
    starts_on = models.DateField(_("starts on"), null=True)
    members = models.PositiveIntegerField(_("members with points"))
    points = models.BigIntegerField(_("points"))
    ranked_at = models.DateTimeField(_("ranked on"))

    objects = LeaderboardQuerySet.as_manager()

    class Meta:
        verbose_name = _("leaderboard")
        verbose_name_plural = _("leaderboards")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "period", "area_id", "starts_on"],
                nulls_distinct=False,
                name="one_leaderboard_each",
            ),
            models.CheckConstraint(
                condition=Q(area=Area.SITE, area_id=0) | (~Q(area=Area.SITE) & Q(area_id__gt=0)),
                name="leaderboards_are_of_something",
            ),
        ]
        indexes = [
            # The tags that the most was earned under.
            models.Index(fields=["area", "period", "-points"], name="leaderboard_busiest"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.area_id}, {self.period} {self.starts_on or ''}"


class LeaderQuerySet(models.QuerySet["Leader"]):
    def seen_by(self, viewer: "Member | None") -> Self:
        """Those whom the viewer is told of, as their settings are at this moment.

        Ranks of the others do not depend on it.
        """
        rows = self.annotate(nearness=nearness(viewer, "member")).filter(
            member__is_active=True, member__profile__ranked_for__lte=F("nearness")
        )
        if viewer is None:
            return rows
        return rows.exclude(blocking(viewer, "member")).exclude(blocked_by(viewer, "member"))

    def for_lists(self) -> Self:
        """With what a line shows of the member, and `named_to`: who else is told of them."""
        rows = self.annotate(named_to=F("member__profile__ranked_for"))
        rows = rows.select_related("member").only(
            "leaderboard", "position", "rank", "points", "member__handle",
            "member__display_name", "member__avatar",
        )  # fmt: skip
        return rows.fetch_mode(models.FETCH_RAISE)


class Leader(models.Model):
    """A place on a leaderboard. Who has as many points has the same rank: 1, 1, 3."""

    pk = models.CompositePrimaryKey("leaderboard", "position")
    leaderboard = models.ForeignKey(
        Leaderboard,
        on_delete=models.CASCADE,
        related_name="leaders",
        verbose_name=_("leaderboard"),
        db_index=False,
    )
    position = models.PositiveSmallIntegerField(_("position"))
    rank = models.PositiveSmallIntegerField(_("rank"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="leads",
        verbose_name=_("member"),
    )
    points = models.IntegerField(_("points"))

    objects = LeaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("leader")
        verbose_name_plural = _("leaders")
        constraints = [
            models.CheckConstraint(condition=Q(points__gt=0), name="leaders_have_points"),
            models.CheckConstraint(
                condition=Q(rank__gte=1, rank__lte=F("position")), name="ranks_begin_with_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.member_id}: {self.points}"
