from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Day(models.Model):
    """What one day brought a member, summed up from the ledger. The cap is applied here.

    `points` is the smaller of `capped` and the day's cap, and `free` beside it. A member's
    standing is the sum of it. A day's cap is that of the rules it began with (UTC).
    """

    pk = models.CompositePrimaryKey("member", "day")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="days",
        verbose_name=_("member"),
        db_index=False,
    )
    day = models.DateField(_("day"))
    # Before the cap: what falls under it, and what does not.
    capped = models.IntegerField(default=0)
    free = models.IntegerField(default=0)
    points = models.IntegerField(_("points"), default=0)

    class Meta:
        verbose_name = _("day's points")
        verbose_name_plural = _("days' points")
        indexes = [models.Index(fields=["day", "member"], include=["points"], name="days_in_order")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.day}: {self.points:+d}"
