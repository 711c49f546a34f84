"""What trust is earned by, kept as it happens. Votes are not here: the grounds are all of them.

Each row has a natural key, so reading the log again writes nothing twice.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeedKind(models.TextChoices):
    """What a newcomer can do, together with the number of the thing."""

    OPENED = "opened", _("idea posted")
    SUPPORTED = "supported", _("idea supported")
    COMMENTED = "commented", _("comment written")
    ASKED = "asked", _("topic opened")
    REPLIED = "replied", _("reply written")


class ActiveDay(models.Model):
    """A day (of the site's time zone) on which a member did something. It stays one, whatever is
    taken back later."""

    pk = models.CompositePrimaryKey("member", "day")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="active_days",
        verbose_name=_("member"),
        db_index=False,
    )
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("active day")
        verbose_name_plural = _("active days")
        indexes = [models.Index(fields=["day", "member"], name="active_lately")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.day}"


class Discussed(models.Model):
    """An idea that a member commented on, and the last day on which they did."""

    pk = models.CompositePrimaryKey("member", "idea_id")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="discussed",
        verbose_name=_("member"),
        db_index=False,
    )
    idea_id = models.BigIntegerField(_("idea"))
    last_on = models.DateField(_("last on"))

    class Meta:
        verbose_name = _("discussed idea")
        verbose_name_plural = _("discussed ideas")

    def __str__(self) -> str:
        return f"{self.member_id} about idea {self.idea_id}"


class Deed(models.Model):
    """Something that a newcomer did. A vote given, withdrawn and given again is one deed.

    Kept of those at TL0 alone: the first level is the only one that counts deeds.
    """

    pk = models.CompositePrimaryKey("member", "kind", "thing_id")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="deeds",
        verbose_name=_("member"),
        db_index=False,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DeedKind)
    thing_id = models.BigIntegerField(_("number"))

    class Meta:
        verbose_name = _("deed of a newcomer")
        verbose_name_plural = _("deeds of newcomers")

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.thing_id}"
