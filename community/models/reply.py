from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value
from django.db.models.functions import Left, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community import search
from community.models import sight
from community.models.member import Member
from community.models.topic import Topic, TopicKind

# As much of a quoted reply as is read to show its beginning.
QUOTED = 600


class ReplyQuerySet(models.QuerySet["Reply"]):
    def shown(self) -> Self:
        """What moderation has not hidden."""
        return self.filter(hidden_at=None)

    def accepted(self) -> Self:
        """The answers of questions."""
        return self.filter(accepted_at__isnull=False)

    def in_visible_topics(self, viewer: Member | None) -> Self:
        """Shown replies of topics that somebody may see."""
        return self.shown().filter(topic__in=Topic.objects.visible_to(viewer).values("pk"))

    def for_thread(self, viewer: Member | None) -> Self:
        """Everything a topic's page shows of its replies, in one query.

        `quoted_start` is how the quoted reply begins, or empty when that was hidden since;
        `viewer_marked` is a helpful mark or None, `viewer_solved` whether it solved theirs, too,
        `is_from_blocked` whether the viewer blocked the author, `quotes_blocked` whether they
        blocked whom it quotes.
        """
        mark = ReplyMark.objects.filter(reply=OuterRef("pk"), member=viewer)
        marked = Subquery(mark.values("helpful")[:1]) if viewer else Value(None)
        solved = SolvedToo.objects.filter(reply=OuterRef("pk"), member=viewer)
        quoted = Reply.objects.shown().filter(pk=OuterRef("quotes"))
        return (
            self.select_related("author", "team", "quotes__author")
            .defer("body", "search", "quotes__body", "quotes__body_html", "quotes__search")
            .annotate(
                viewer_marked=ExpressionWrapper(marked, output_field=BooleanField(null=True)),
                viewer_solved=Exists(solved) if viewer else Value(value=False),
                is_from_blocked=sight.from_blocked(viewer),
                quotes_blocked=sight.from_blocked(viewer, "quotes__author"),
                quoted_start=Subquery(quoted.values_list(Left("body", QUOTED))[:1]),
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Reply(models.Model):
    """Something said in a topic. The accepted one is the topic's answer."""

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="replies", verbose_name=_("topic")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="replies",
        verbose_name=_("author"),
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
    quotes = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="quoted_by",
        verbose_name=_("quotes"),
    )
    body = models.TextField(_("reply"), max_length=10_000)
    body_html = models.TextField(editable=False)
    language = models.CharField(
        _("written in"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("written on"), db_default=Now())
    edited_at = models.DateTimeField(_("edited on"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden on"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    helpful = models.PositiveIntegerField(_("helpful to"), default=0)
    unhelpful = models.PositiveIntegerField(_("not helpful to"), default=0)
    helpful_score = models.FloatField(default=0)
    # A trigger on the marks keeps it.
    solved = models.PositiveIntegerField(_("solved it for"), default=0)
    search = models.GeneratedField(
        expression=search.stored_words(title=None),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.UniqueConstraint(
                fields=["topic"], condition=Q(accepted_at__isnull=False), name="one_answer_a_topic"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(hidden_at=None), name="answers_are_not_hidden"
            ),
        ]
        indexes = [
            models.Index(fields=["topic", "-helpful_score", "id"], name="replies_by_help"),
            models.Index(fields=["topic", "id"], name="replies_in_time"),
            GinIndex(fields=["search"], name="reply_words"),
            models.Index(
                fields=["author", "-id"],
                condition=Q(accepted_at__isnull=False),
                name="answers_by_author",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="quotes_are_of_one_topic",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("quotes_id", "topic_id"),
                condition=pgtrigger.Q(new__quotes_id__isnull=False),
                func="""
                IF NEW.quotes_id = NEW.id OR NOT EXISTS (
                    SELECT FROM community_reply WHERE id = NEW.quotes_id
                    AND topic_id = NEW.topic_id
                ) THEN
                    RAISE check_violation USING
                        MESSAGE = 'A reply quotes another reply of the same topic.',
                        CONSTRAINT = 'quotes_are_of_one_topic';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="answers_belong_to_questions",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("accepted_at", "topic_id"),
                condition=pgtrigger.Q(new__accepted_at__isnull=False),
                func=f"""
                IF NOT EXISTS (SELECT FROM community_topic WHERE id = NEW.topic_id
                               AND kind = '{TopicKind.QUESTION}') THEN
                    RAISE check_violation USING
                        MESSAGE = 'Only a question has an answer.',
                        CONSTRAINT = 'answers_belong_to_questions';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="replies_are_counted",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.Delete
                | pgtrigger.UpdateOf("hidden_at", "accepted_at", "helpful", "solved"),
                declare=[
                    ("said", "community_reply"),
                    ("was", "integer := 0"),
                    ("now_", "integer := 0"),
                    ("helped_", "integer := 0"),
                ],
                func="""
                IF TG_OP <> 'INSERT' THEN
                    said := OLD;
                    IF OLD.hidden_at IS NULL THEN
                        was := 1; helped_ := - OLD.helpful - OLD.solved;
                    END IF;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    said := NEW;
                    IF NEW.hidden_at IS NULL THEN
                        now_ := 1; helped_ := helped_ + NEW.helpful + NEW.solved;
                    END IF;
                END IF;
                UPDATE community_topictally tally SET
                    replies = tally.replies + now_ - was,
                    helped = tally.helped + helped_,
                    last_at = CASE
                        WHEN now_ > was THEN greatest(tally.last_at, said.created_at)
                        WHEN now_ < was THEN greatest(tally.opened_at, (
                            SELECT max(created_at) FROM community_reply
                            WHERE topic_id = said.topic_id AND hidden_at IS NULL))
                        ELSE tally.last_at END,
                    answered_at = CASE
                        WHEN TG_OP <> 'DELETE' AND said.accepted_at IS NOT NULL
                            THEN said.accepted_at
                        WHEN TG_OP <> 'INSERT' AND OLD.accepted_at IS NOT NULL THEN NULL
                        ELSE tally.answered_at END,
                    solved = CASE
                        WHEN TG_OP <> 'DELETE' AND said.accepted_at IS NOT NULL THEN said.solved
                        WHEN TG_OP <> 'INSERT' AND OLD.accepted_at IS NOT NULL THEN 0
                        ELSE tally.solved END
                WHERE tally.topic_id = said.topic_id;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk} in {self.topic_id}"

    def get_absolute_url(self) -> str:
        return reverse("community:reply", args=[self.pk])


class ReplyRevision(models.Model):
    """What a reply said before an edit; everybody can read it."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("revision of a reply")
        verbose_name_plural = _("revisions of replies")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="reply_revision_number")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="reply_history_is_kept", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of reply {self.reply_id}"


class ReplyMark(models.Model):
    """Whether a member found a reply helpful: yes or no, one each."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="marks")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reply_marks"
    )
    helpful = models.BooleanField()
    marked_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("helpful mark on a reply")
        verbose_name_plural = _("helpful marks on replies")
        constraints = [
            models.UniqueConstraint(fields=["reply", "member"], name="one_reply_mark_each"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on reply {self.reply_id}: {self.helpful}"


class SolvedToo(models.Model):
    """An answer that solved somebody else's problem, too: one each.

    It stays with its reply: when another answer is accepted, that one begins at none, and when
    this one is accepted again, it finds its own.
    """

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="solved_too")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="solved_by_others"
    )
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("“solved mine too”")
        verbose_name_plural = _("“solved mine too”")
        constraints = [
            models.UniqueConstraint(fields=["reply", "member"], name="solved_mine_too_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="solved_for_somebody_else",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                IF NOT EXISTS (
                    SELECT FROM community_reply reply JOIN community_topic topic
                        ON topic.id = reply.topic_id
                    WHERE reply.id = NEW.reply_id AND reply.accepted_at IS NOT NULL
                      AND NEW.member_id NOT IN (reply.author_id, topic.author_id)
                ) THEN
                    RAISE check_violation USING
                        MESSAGE = 'An accepted answer solves it for others than asker and author.',
                        CONSTRAINT = 'solved_for_somebody_else';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="solved_is_counted",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func="""
                IF TG_OP = 'INSERT' THEN
                    UPDATE community_reply SET solved = solved + 1 WHERE id = NEW.reply_id;
                ELSE
                    UPDATE community_reply SET solved = solved - 1 WHERE id = OLD.reply_id;
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.reply_id} solved it for {self.member_id}"
