from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from community.models import Reply
from ideas.models.comment import Comment, CommentKind
from ideas.models.decision import Decision
from ideas.models.idea import Idea
from ideas.models.merge import Merge


class Part(models.TextChoices):
    """What somebody gave to an idea."""

    AUTHOR = "author", _("had the idea")
    CO_AUTHOR = "co_author", _("wrote it together with the author")
    MERGED_AUTHOR = "merged_author", _("had the same idea")
    BUILDS_ON = "builds_on", _("built on it")
    CONCERN = "concern", _("raised the concern that changed the decision")
    ANSWER = "answer", _("gave the answer that was used")


# Each of these is recognised in a comment; an answer also in a reply of the forum.
IN_COMMENTS = (Part.BUILDS_ON, Part.CONCERN, Part.ANSWER)


# What a comment of a kind gives when it is used.
PARTS = {
    CommentKind.BUILDS_ON: Part.BUILDS_ON,
    CommentKind.CONCERN: Part.CONCERN,
    CommentKind.COMMENT: Part.ANSWER,
}


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def standing(self) -> Self:
        """What has not been taken back."""
        return self.filter(ended_at=None)


class Contribution(models.Model):
    """A member's credited part in an idea, recorded where it happened.

    It stays with the idea it was made to; an idea that others were merged into shows theirs, too.
    Taking it back (a merge undone, a decision corrected) ends it and keeps the row.
    """

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="contributions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contributions"
    )
    part = models.CharField(_("part"), max_length=20, choices=Part)
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, related_name="contributions"
    )
    # What was said in a topic of the forum that belongs to the idea.
    reply = models.ForeignKey(
        Reply, on_delete=models.PROTECT, null=True, db_index=False, related_name="contributions"
    )
    merge = models.ForeignKey(
        Merge, on_delete=models.PROTECT, null=True, related_name="contributions"
    )
    # The decision that used it, where one did.
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="contributions"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("taken back on"), null=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "member", "part"],
                condition=Q(ended_at=None, comment=None),
                name="credited_once",
            ),
            models.UniqueConstraint(
                fields=["comment", "part"],
                condition=Q(ended_at=None, comment__isnull=False),
                name="a_comment_credited_once",
            ),
            models.CheckConstraint(
                condition=Q(part__in=sorted(IN_COMMENTS), comment__isnull=False, reply=None)
                | Q(part=Part.ANSWER, comment=None, reply__isnull=False)
                | (~Q(part__in=sorted(IN_COMMENTS)) & Q(comment=None, reply=None)),
                name="credited_for_what_was_said",
            ),
            models.CheckConstraint(
                condition=(Q(part=Part.MERGED_AUTHOR) & Q(merge__isnull=False))
                | (~Q(part=Part.MERGED_AUTHOR) & Q(merge=None)),
                name="merged_authors_by_their_merge",
            ),
        ]
        indexes = [
            models.Index(fields=["idea"], condition=Q(ended_at=None), name="contribution_idea"),
            models.Index(
                fields=["member", "-recorded_at", "-id"],
                condition=Q(ended_at=None),
                name="contribution_member",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="credit_is_kept", operation=pgtrigger.Delete),
            never_emptied("credit_is_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.part} of {self.idea_id}"

    def get_absolute_url(self) -> str:
        """Where it can be read: the comment or reply, or the idea as its author wrote it."""
        if self.reply_id is not None:
            return reverse("community:reply", args=[self.reply_id])
        if self.comment is not None:
            return self.comment.get_absolute_url()
        return self.idea.get_absolute_url()
