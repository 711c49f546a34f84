"""What members follow besides ideas, and how they read their feed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag


class BoardFollow(models.Model):
    """A member who wants to see what is posted and decided on a board."""

    board = models.ForeignKey("ideas.Board", on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="board_follows",
        db_index=False,
    )
    created_at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("follow of a board")
        verbose_name_plural = _("follows of boards")
        constraints = [
            models.UniqueConstraint(fields=["member", "board"], name="board_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} follows board {self.board_id}"


class TagFollow(models.Model):
    """A member who wants to see what is posted and decided under a tag."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="tag_follows",
        db_index=False,
    )
    created_at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("follow of a tag")
        verbose_name_plural = _("follows of tags")
        constraints = [models.UniqueConstraint(fields=["member", "tag"], name="tag_followed_once")]

    def __str__(self) -> str:
        return f"{self.member_id} follows tag {self.tag_id}"


class FeedReader(models.Model):
    """A member who reads a feed: when they looked, and the secret of its address elsewhere.

    `looked_at` is the last look, `before_at` the last one of the visit before: what is newer than
    that is what happened while they were away. Of the secret only its SHA-256 is kept.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="feed_reader",
    )
    looked_at = models.DateTimeField(_("looked on"), null=True)
    before_at = models.DateTimeField(_("looked before on"), null=True)
    # Empty without an address: unlike "", that stands in many rows.
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    made_at = models.DateTimeField(_("address made on"), null=True)

    class Meta:
        verbose_name = _("reader of a feed")
        verbose_name_plural = _("readers of feeds")
        constraints = [
            models.CheckConstraint(
                condition=Q(digest=None, made_at=None)
                | Q(digest__isnull=False, made_at__isnull=False),
                name="an_address_is_dated",
            )
        ]

    def __str__(self) -> str:
        return f"feed of {self.member_id}"
