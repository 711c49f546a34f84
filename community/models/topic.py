from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from community import search
from community.models import sight
from community.models.member import Member

# What a row of a list leaves in the database: long texts that a list never shows.
HEAVY = ("body", "body_html", "search")


class TopicKind(models.TextChoices):
    DISCUSSION = "discussion", _("Discussion")
    QUESTION = "question", _("Question")
    ANNOUNCEMENT = "announcement", _("Announcement")


class TopicTag(ItemBase):
    """A tag of a topic, by real foreign keys."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="topic_tags")
    content_object = models.ForeignKey(
        "community.Topic", on_delete=models.CASCADE, related_name="topic_tags"
    )

    class Meta:
        verbose_name = _("tag of a topic")
        verbose_name_plural = _("tags of topics")
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="topic_tagged_once")
        ]


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, viewer: Member | None) -> Self:
        """What somebody may see: what is not hidden, and everything of their own."""
        public = Q(hidden_at=None)
        return self.filter(public | Q(author=viewer)) if viewer else self.filter(public)

    def listed(self) -> Self:
        """Not hidden, asked of the narrow row so that list indexes serve it."""
        return self.filter(tally__listed=True)

    def for_cards(self, viewer: Member | None = None) -> Self:
        """All that a row of a list shows, in one query; anything else raises when touched.

        `is_from_blocked`: the viewer blocked the author.
        """
        return (
            self.select_related("tally", "author", "space")
            .defer(*HEAVY)
            .annotate(is_from_blocked=sight.from_blocked(viewer))
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_page(self, viewer: Member | None) -> Self:
        """Like a row of a list, with the whole text; `is_followed`."""
        follows = TopicFollow.objects.filter(topic=OuterRef("pk"), member=viewer)
        return (
            self.select_related("tally", "author", "team", "space__team")
            .defer("search")
            .annotate(
                is_followed=Exists(follows) if viewer else Value(value=False),
                is_from_blocked=sight.from_blocked(viewer),
            )
            .fetch_mode(models.FETCH_RAISE)
        )

    def announced(self) -> Self:
        """What teams announced, the newest first."""
        rows = self.listed().filter(tally__kind=TopicKind.ANNOUNCEMENT).for_cards()
        return rows.order_by("-tally__opened_at", "-tally__topic_id")

    def matching(self, words: str) -> Self:
        """Topics that hold the words, in either language."""
        return self.filter(search=search.query(words))


class Topic(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """Something that a member or a team brings up in a space."""

    space = models.ForeignKey(
        "community.Space", on_delete=models.PROTECT, related_name="topics", verbose_name=_("space")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="topics",
        verbose_name=_("author"),
    )
    # The team the author spoke for when writing; what the official badge shows.
    team = models.ForeignKey(
        "community.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("team"),
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=TopicKind, default=TopicKind.DISCUSSION
    )
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), max_length=20_000)
    body_html = models.TextField(editable=False)
    snippet = models.CharField(max_length=260, editable=False, blank=True)
    language = models.CharField(
        _("written in"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("opened on"), db_default=Now())
    edited_at = models.DateTimeField(_("edited on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    hidden_at = models.DateTimeField(_("hidden on"), null=True, blank=True)
    search = models.GeneratedField(
        expression=search.stored_words(), output_field=SearchVectorField(), db_persist=True
    )
    tags = TaggableManager(through=TopicTag, blank=True, verbose_name=_("tags"))

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="topics_have_a_title"),
            models.CheckConstraint(
                condition=~Q(kind=TopicKind.ANNOUNCEMENT) | Q(team__isnull=False),
                name="announcements_are_a_team_s",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="topic_words"),
            GinIndex(OpClass("title", name="gin_trgm_ops"), name="topic_title_trigrams"),
            models.Index(fields=["author", "-id"], name="topic_by_author"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="topics_keep_their_kind",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("kind", "language"),
            ),
            pgtrigger.Trigger(
                name="topics_have_a_tally",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                INSERT INTO community_topictally
                    (topic_id, space_id, kind, listed, closed, opened_at, last_at)
                VALUES (NEW.id, NEW.space_id, NEW.kind, NEW.hidden_at IS NULL,
                        NEW.closed_at IS NOT NULL, NEW.created_at, NEW.created_at);
                RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="tallies_follow_topics",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("space_id", "hidden_at", "closed_at"),
                func="""
                UPDATE community_topictally SET space_id = NEW.space_id,
                    listed = NEW.hidden_at IS NULL, closed = NEW.closed_at IS NOT NULL
                WHERE topic_id = NEW.id;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("community:topic", args=[self.pk])

    @property
    def is_question(self) -> bool:
        return self.kind == TopicKind.QUESTION


WAITING = Q(listed=True, kind=TopicKind.QUESTION, answered_at=None, closed=False)


class TopicTally(models.Model):
    """The narrow row that lists of topics sort and filter by; one for each topic.

    Triggers keep it: on topics (space, kind, listed, closed) and on replies (the rest).
    """

    topic = models.OneToOneField(
        Topic, on_delete=models.CASCADE, primary_key=True, related_name="tally"
    )
    space = models.ForeignKey(
        "community.Space", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=TopicKind)
    listed = models.BooleanField()
    closed = models.BooleanField()
    opened_at = models.DateTimeField()
    # When the newest shown reply was written, or the topic itself.
    last_at = models.DateTimeField()
    replies = models.IntegerField(db_default=0)
    # How often its shown replies were found helpful or said to have solved a reader's problem.
    helped = models.IntegerField(db_default=0)
    # When its answer was accepted, and to how many others that answer was one.
    answered_at = models.DateTimeField(null=True)
    solved = models.IntegerField(db_default=0)

    class Meta:
        verbose_name = _("tally of a topic")
        verbose_name_plural = _("tallies of topics")
        constraints = [
            models.CheckConstraint(
                condition=Q(replies__gte=0, helped__gte=0, solved__gte=0),
                name="topic_counts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(kind=TopicKind.QUESTION),
                name="only_questions_are_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-last_at", "-topic"], condition=Q(listed=True), name="topics_latest"
            ),
            models.Index(
                fields=["space", "-last_at", "-topic"],
                condition=Q(listed=True),
                name="topics_latest_space",
            ),
            models.Index(
                fields=["-opened_at", "-topic"], condition=Q(listed=True), name="topics_new"
            ),
            models.Index(
                fields=["space", "-opened_at", "-topic"],
                condition=Q(listed=True),
                name="topics_new_space",
            ),
            models.Index(fields=["-helped", "-topic"], condition=Q(listed=True), name="topics_top"),
            models.Index(
                fields=["space", "-helped", "-topic"],
                condition=Q(listed=True),
                name="topics_top_space",
            ),
            models.Index(fields=["opened_at", "topic"], condition=WAITING, name="topics_waiting"),
            models.Index(
                fields=["space", "opened_at", "topic"],
                condition=WAITING,
                name="topics_waiting_space",
            ),
            models.Index(
                fields=["-opened_at", "-topic"],
                condition=Q(listed=True, kind=TopicKind.ANNOUNCEMENT),
                name="topics_announced",
            ),
        ]

    def __str__(self) -> str:
        return f"tally of topic {self.topic_id}"


class TopicRevision(models.Model):
    """What a topic said before an edit; everybody can read it."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("revision of a topic")
        verbose_name_plural = _("revisions of topics")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="topic_revision_number")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="topic_history_is_kept", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of topic {self.topic_id}"


class TopicFollow(models.Model):
    """A member who hears what is said in a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="topic_follows"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("followed topic")
        verbose_name_plural = _("followed topics")
        constraints = [
            models.UniqueConstraint(fields=["topic", "member"], name="topic_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} follows topic {self.topic_id}"
