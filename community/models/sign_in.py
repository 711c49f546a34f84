from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=90)


class SignInWay(models.TextChoices):
    PASSWORD = "password", _("Password")
    TWO_FACTOR = "two_factor", _("Password and second factor")
    PASSKEY = "passkey", _("Passkey")
    PROVIDER = "provider", _("Connected account")
    OTHER = "other", _("Another way")


class SignInQuerySet(models.QuerySet["SignIn"]):
    def lately(self) -> Self:
        """Those that are still kept, whether or not the rest is swept yet."""
        return self.filter(happened_at__gt=timezone.now() - KEPT_FOR)


class SignIn(models.Model):
    """That somebody signed in to an account: what its owner needs to know a stranger by."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins"
    )
    way = models.CharField(_("how"), max_length=10, choices=SignInWay)
    # A block of addresses, 203.0.113.0/24 or 2001:db8:1::/48, never a whole one.
    block = models.CharField(_("from"), max_length=50, blank=True)
    # "Firefox, Linux": no versions.
    client = models.CharField(_("with"), max_length=60, blank=True)
    happened_at = models.DateTimeField(_("when"), db_default=Now())

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes = [
            models.Index(fields=["member", "-id"], name="sign_in_newest"),
            models.Index(fields=["happened_at"], name="sign_in_old"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} by {self.way}"
