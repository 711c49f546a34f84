from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """How a group of notifications comes. Every one of them is on the page, too."""

    PAGE = "page", _("On the page only")
    AT_ONCE = "at_once", _("By e-mail, at once")
    DAILY = "daily", _("By e-mail, once a day")
    WEEKLY = "weekly", _("By e-mail, once a week")


DIGESTS = (Delivery.DAILY, Delivery.WEEKLY)


class NotificationChoice(models.Model):
    """What a member chose about a group of notifications; see wording.Group."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices"
    )
    group = models.CharField(max_length=40)
    delivery = models.CharField(max_length=10, choices=Delivery)

    class Meta:
        verbose_name = _("choice about notifications")
        verbose_name_plural = _("choices about notifications")
        constraints = [
            models.UniqueConstraint(fields=["member", "group"], name="chosen_once"),
            models.CheckConstraint(
                condition=Q(delivery__in=Delivery.values), name="delivered_somehow"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} for {self.member_id}: {self.delivery}"
