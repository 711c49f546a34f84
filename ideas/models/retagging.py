from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


class Retagging(models.Model):
    """A member sorted somebody's idea under other tags. Readers see who, and what it had before."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="retaggings")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="retaggings",
        verbose_name=_("member"),
    )
    before = ArrayField(models.CharField(max_length=100), verbose_name=_("before"))
    after = ArrayField(models.CharField(max_length=100), verbose_name=_("after"))
    changed_at = models.DateTimeField(_("changed on"), db_default=Now())

    class Meta:
        verbose_name = _("change of tags")
        verbose_name_plural = _("changes of tags")
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="tags_did_change"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="retaggings_are_kept", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"tags of {self.idea_id}"

    @property
    def added(self) -> list[str]:
        return sorted(set(self.after) - set(self.before))

    @property
    def removed(self) -> list[str]:
        return sorted(set(self.before) - set(self.after))
