from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from community.models import Member, sight


class CommentKind(models.TextChoices):
    COMMENT = "comment", _("Comment")
    QUESTION = "question", _("Question")
    CONCERN = "concern", _("Concern")
    BUILDS_ON = "builds_on", _("Builds on this")


RESOLVABLE = frozenset({CommentKind.QUESTION, CommentKind.CONCERN})


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown(self) -> Self:
        """What moderation has not hidden. A hidden comment keeps its place when it has replies."""
        return self.filter(hidden_at=None)

    def for_thread(self, viewer: Member | None) -> Self:
        """Everything an idea's page shows of its comments, in one query."""
        mark = HelpfulMark.objects.filter(comment=OuterRef("pk"), member=viewer)
        marked = Subquery(mark.values("helpful")[:1]) if viewer else Value(None)
        return (
            self.select_related("author", "team", "resolved_by")
            .defer("body")
            .annotate(
                viewer_marked=models.ExpressionWrapper(
                    marked, output_field=models.BooleanField(null=True)
                ),
                is_from_blocked=sight.from_blocked(viewer),
            )
            .fetch_mode(models.FETCH_RAISE)
            .order_by("-helpful_score", "id")
        )

    def open_points(self) -> Self:
        """Questions and concerns nobody has resolved."""
        return self.shown().filter(kind__in=RESOLVABLE, resolved_at=None)


class Comment(models.Model):
    """Something said about an idea; replies go one deeper and no further."""

    idea = models.ForeignKey(
        "ideas.Idea", on_delete=models.CASCADE, related_name="comments", verbose_name=_("idea")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("reply to"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="comments",
        verbose_name=_("author"),
        db_index=False,
    )
    # The team the author spoke for when writing; what the official badge shows.
    team = models.ForeignKey(
        "community.Team",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("team"),
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=CommentKind, default=CommentKind.COMMENT
    )
    body = models.TextField(_("comment"), max_length=5000)
    body_html = models.TextField(editable=False)
    created_at = models.DateTimeField(_("written on"), db_default=Now())
    edited_at = models.DateTimeField(_("edited on"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved on"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )
    helpful = models.PositiveIntegerField(_("helpful to"), default=0)
    unhelpful = models.PositiveIntegerField(_("not helpful to"), default=0)
    helpful_score = models.FloatField(default=0)
    hidden_at = models.DateTimeField(_("hidden on"), null=True, blank=True)
    # Its author left and took the words along. Then it stays hidden.
    removed_at = models.DateTimeField(_("removed by its author on"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(kind__in=RESOLVABLE),
                name="only_questions_and_concerns_are_resolved",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(kind=CommentKind.COMMENT), name="replies_are_plain"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(hidden_at__isnull=False, body=""),
                name="removed_comments_are_hidden",
            ),
        ]
        indexes = [
            models.Index(fields=["idea", "-helpful_score", "id"], name="comment_thread"),
            models.Index(fields=["author", "-id"], name="comment_by_author"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="two_deep_and_one_idea",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "idea_id"),
                condition=pgtrigger.Q(new__parent_id__isnull=False),
                func="""
                IF NOT EXISTS (SELECT FROM ideas_comment WHERE id = NEW.parent_id
                               AND parent_id IS NULL AND idea_id = NEW.idea_id)
                   OR EXISTS (SELECT FROM ideas_comment WHERE parent_id = NEW.id) THEN
                    RAISE check_violation USING
                        MESSAGE = 'A reply answers a first comment on the same idea.',
                        CONSTRAINT = 'two_deep_and_one_idea';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="comments_are_counted",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("hidden_at"),
                declare=[("more", "integer"), ("survivor", "bigint")],
                # The row of the idea first: while a merge has it, this waits, and then sees it.
                func="""
                more := (CASE WHEN TG_OP <> 'DELETE' AND NEW.hidden_at IS NULL THEN 1 ELSE 0 END)
                    - (CASE WHEN TG_OP <> 'INSERT' AND OLD.hidden_at IS NULL THEN 1 ELSE 0 END);
                UPDATE ideas_ideatally SET comments = comments + more
                WHERE idea_id = COALESCE(NEW.idea_id, OLD.idea_id)
                RETURNING merged_into_id INTO survivor;
                IF survivor IS NOT NULL THEN
                    UPDATE ideas_ideatally SET comments = comments + more
                    WHERE idea_id = survivor;
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.idea_id}"

    def get_absolute_url(self) -> str:
        # The number is said twice: browsers keep what stands behind # to themselves.
        return f"/ideas/{self.idea_id}/?comment={self.pk}#comment-{self.pk}"

    @property
    def is_resolvable(self) -> bool:
        return self.kind in RESOLVABLE


class CommentRevision(models.Model):
    """What a comment said before an edit; everybody can read it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("revision of a comment")
        verbose_name_plural = _("revisions of comments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="comment_revision_number")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="comment_history_is_kept", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of comment {self.comment_id}"


class HelpfulMark(models.Model):
    """Whether a member found a comment helpful: yes or no, one each."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="marks")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="helpful_marks"
    )
    helpful = models.BooleanField()
    marked_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("helpful mark")
        verbose_name_plural = _("helpful marks")
        constraints = [
            models.UniqueConstraint(fields=["comment", "member"], name="one_mark_each"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.comment_id}: {self.helpful}"
