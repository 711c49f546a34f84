"""What members say of themselves, and to whom."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from community.models.sight import PARTS, Visibility

MOST_LINKS = 5


def _seen_by(default: Visibility, words: Any) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(words, choices=Visibility, db_default=default)


class MemberTag(ItemBase):
    """Something a member knows about, with real foreign keys on both sides."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="member_tags")
    content_object = models.ForeignKey(
        "community.Profile", on_delete=models.CASCADE, related_name="member_tags"
    )

    class Meta:
        verbose_name = _("tag of a member")
        verbose_name_plural = _("tags of members")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="member_tagged_once")
        ]


class Profile(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """The part of a member that others read. A trigger makes one with each member."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="profile",
        verbose_name=_("member"),
    )
    bio = models.TextField(_("about you"), max_length=2000, blank=True, db_default="")
    bio_html = models.TextField(editable=False, blank=True, db_default="")
    location = models.CharField(_("place"), max_length=80, blank=True, db_default="")
    bio_for = _seen_by(Visibility.EVERYONE, _("about you"))
    location_for = _seen_by(Visibility.MEMBERS, _("place"))
    links_for = _seen_by(Visibility.EVERYONE, _("links"))
    tags_for = _seen_by(Visibility.EVERYONE, _("what you know about"))
    supports_for = _seen_by(Visibility.ME, _("ideas you support"))
    comments_for = _seen_by(Visibility.EVERYONE, _("your comments in one list"))
    friends_for = _seen_by(Visibility.MEMBERS, _("your friends"))
    found_for = _seen_by(Visibility.MEMBERS, _("found in the directory and in suggestions"))
    ranked_for = _seen_by(Visibility.EVERYONE, _("named on leaderboards"))

    tags = TaggableManager(through=MemberTag, blank=True, verbose_name=_("tags"))

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{part}_for__lte": Visibility.ME}), name=f"{part}_seen_by_somebody"
            )
            for part in PARTS
        ]
        indexes = [
            GinIndex(OpClass("location", name="gin_trgm_ops"), name="profile_location_trigrams"),
            # The few who let visitors find them, among the many who do not.
            models.Index(
                fields=["member"],
                condition=Q(found_for__lte=Visibility.EVERYONE),
                name="profile_found_by_all",
            ),
        ]

    def __str__(self) -> str:
        return f"profile of {self.member_id}"


class ProfileLinkQuerySet(models.QuerySet["ProfileLink"]):
    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now).order_by("due_at")


class ProfileLink(models.Model):
    """A page elsewhere that a member calls their own; `verified_at` once it has linked back."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="links", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    url = models.URLField(_("address"), max_length=300)
    verified_at = models.DateTimeField(_("verified on"), null=True)
    # When it is looked at next. Who looks moves it on first, so that no two do.
    due_at = models.DateTimeField(db_default=Now())

    objects = ProfileLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of a profile")
        verbose_name_plural = _("links of profiles")
        ordering: ClassVar = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["member", "position"], name="link_in_its_place"),
            models.UniqueConstraint(fields=["member", "url"], name="linked_once"),
            models.CheckConstraint(condition=Q(position__lt=MOST_LINKS), name="a_few_links"),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="links_are_https"),
        ]
        indexes = [models.Index(fields=["due_at"], name="link_due")]

    def __str__(self) -> str:
        return self.url

    @property
    def shown(self) -> str:
        """The address as people read it."""
        return self.url.removeprefix("https://").removesuffix("/")


class FormerHandle(models.Model):
    """A handle that a member had. Its address leads to them until somebody else has it.

    Triggers of the member write and guard it: for a year it goes to nobody else.
    """

    handle = models.CharField(_("handle"), max_length=30, primary_key=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="former_handles",
        verbose_name=_("member"),
    )
    left_at = models.DateTimeField(_("until"), db_default=Now())

    class Meta:
        verbose_name = _("former handle")
        verbose_name_plural = _("former handles")

    def __str__(self) -> str:
        return self.handle
