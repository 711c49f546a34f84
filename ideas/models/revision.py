from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


class IdeaRevision(models.Model):
    """What an idea said, as often as it changed; the newest equals the idea."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("revision of an idea")
        verbose_name_plural = _("revisions of ideas")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "number"], name="idea_revision_number")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="idea_history_is_kept", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of idea {self.idea_id}"


class IdeaImage(models.Model):
    """A picture in an idea, re-encoded on arrival."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="images")
    file = models.ImageField(upload_to="ideas/%Y/%m/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    description = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.description or str(self.file)
