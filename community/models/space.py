from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.models.member import Member

# Words that stand where a space's slug would: /forum/topics/ and /forum/replies/.
TAKEN = ("topics", "replies")


class Openers(models.TextChoices):
    """Who opens topics in a space. Announcements are the team's alone, wherever they stand."""

    MEMBERS = "members", _("Every member")
    TEAM = "team", _("The team alone")


class SpaceQuerySet(models.QuerySet["Space"]):
    def in_order(self) -> Self:
        """As the site lists them, with their teams."""
        return self.select_related("team").order_by("position", "name")

    def for_page(self, viewer: Member | None) -> Self:
        """The same, with `is_followed`."""
        follows = SpaceFollow.objects.filter(space=OuterRef("pk"), member=viewer)
        followed = Exists(follows) if viewer else Value(value=False)
        return self.in_order().annotate(is_followed=followed)


class Space(models.Model):
    """A part of the forum, about one subject, with a team that answers in it."""

    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    team = models.ForeignKey(
        "community.Team",
        on_delete=models.PROTECT,
        related_name="spaces",
        verbose_name=_("team that answers"),
    )
    opened_by = models.CharField(
        _("topics are opened by"), max_length=8, choices=Openers, default=Openers.MEMBERS
    )

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        permissions = [("answer_anywhere", _("Can answer in every space"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=TAKEN),
                name="spaces_leave_our_words",
                violation_error_message=_("The forum uses this word itself."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("community:space", args=[self.slug])


class SpaceFollow(models.Model):
    """A member who hears of each new topic of a space."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="space_follows"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("followed space")
        verbose_name_plural = _("followed spaces")
        constraints = [
            models.UniqueConstraint(fields=["space", "member"], name="space_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} follows space {self.space_id}"
