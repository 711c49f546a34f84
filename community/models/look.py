"""Who of the staff saw in the admin what a member shows to nobody."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept


class Seen(models.TextChoices):
    ACCOUNT = "account", _("Address and last sign-in")
    BOUNCE = "bounce", _("Address that refused mail")


class PrivateLook(models.Model):
    """One look at it. Only ever added."""

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="looks_taken",
        verbose_name=_("who looked"),
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="private_looks",
        verbose_name=_("at whom"),
    )
    what = models.CharField(_("what they saw"), max_length=10, choices=Seen)
    looked_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("look at private data")
        verbose_name_plural = _("looks at private data")
        permissions: ClassVar = [("see_private", _("Can see members' addresses and sign-ins"))]
        constraints = [
            models.CheckConstraint(condition=~Q(viewer=F("member")), name="looks_at_others"),
            models.CheckConstraint(condition=Q(what__in=Seen.values), name="looks_at_something"),
        ]
        triggers: ClassVar = kept("looks_are_kept")

    def __str__(self) -> str:
        return f"{self.viewer_id} at {self.member_id}"
