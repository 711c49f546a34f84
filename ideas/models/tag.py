from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, Tag


class IdeaTagQuerySet(models.QuerySet["IdeaTag"]):
    def ids_of(self, idea_ids: Collection[int]) -> dict[int, list[int]]:
        """The tags of some ideas, by idea; an empty list for what has none. One query."""
        found: dict[int, list[int]] = {pk: [] for pk in idea_ids}
        rows = self.filter(content_object__in=idea_ids).order_by("tag")
        for idea_id, tag_id in rows.values_list("content_object", "tag"):
            found[idea_id].append(tag_id)
        return found


class IdeaTag(ItemBase):
    """A tag on an idea, with real foreign keys on both sides."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="idea_tags")
    content_object = models.ForeignKey(
        "ideas.Idea", on_delete=models.CASCADE, related_name="idea_tags"
    )

    objects = IdeaTagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag of an idea")
        verbose_name_plural = _("tags of ideas")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tagged_once")
        ]
