from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, Tag


class IdeaTag(ItemBase):
    """A tag on an idea, with real foreign keys on both sides."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="idea_tags")
    content_object = models.ForeignKey(
        "ideas.Idea", on_delete=models.CASCADE, related_name="idea_tags"
    )

    class Meta:
        verbose_name = _("tag of an idea")
        verbose_name_plural = _("tags of ideas")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tagged_once")
        ]
