from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class MemberFollow(models.Model):
    """A member who wants to see in the feed what another does. No friendship, and no secret."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="member_follows",
        db_index=False,
    )
    followed = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_by"
    )
    created_at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("follow of a member")
        verbose_name_plural = _("follows of members")
        constraints = [
            models.UniqueConstraint(fields=["member", "followed"], name="member_followed_once"),
            models.CheckConstraint(
                condition=~Q(member=F("followed")), name="nobody_follows_themselves"
            ),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="member_follow_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} follows {self.followed_id}"
