"""Where on the site points are earned: reputation may not look into the tables of ideas."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """The board and the tags of a posted idea, as the newest event about them says.

    `stamp` is the number of that event: one that comes late, or again, undoes nothing newer.
    """

    idea_id = models.BigIntegerField(_("idea"), primary_key=True)
    board_id = models.BigIntegerField(_("board"))
    tag_ids = ArrayField(models.BigIntegerField(), verbose_name=_("tags"), default=list)
    stamp = models.BigIntegerField()

    class Meta:
        verbose_name = _("place of an idea")
        verbose_name_plural = _("places of ideas")

    def __str__(self) -> str:
        return f"idea {self.idea_id} on board {self.board_id}"


class Remark(models.Model):
    """Which idea a comment is on, for good."""

    comment_id = models.BigIntegerField(_("comment"), primary_key=True)
    idea_id = models.BigIntegerField(_("idea"))

    class Meta:
        verbose_name = _("place of a comment")
        verbose_name_plural = _("places of comments")

    def __str__(self) -> str:
        return f"comment {self.comment_id} on idea {self.idea_id}"
