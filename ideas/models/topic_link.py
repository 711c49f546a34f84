from typing import Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject, Now
from django.utils.translation import gettext_lazy as _

from community.models import Member, Topic
from ideas.models.idea import Idea


class LinkKind(models.TextChoices):
    RELATED = "related", _("Related")
    # The idea began as the topic.
    BECAME = "became", _("Became an idea")


class TopicLinkQuerySet(models.QuerySet["TopicLink"]):
    def ideas_of(self, topic: Topic, viewer: Member | None) -> Self:
        """Links of a topic to ideas that somebody may see, with what a row shows of them."""
        rows = self.filter(topic=topic, idea__in=Idea.objects.visible_to(viewer).values("pk"))
        seen = rows.select_related("idea__tally", "idea__board")
        return seen.defer("idea__body", "idea__body_html", "idea__search").order_by("id")

    def topics_of(self, idea: Idea, viewer: Member | None) -> Self:
        """Links of an idea to topics that somebody may see, with what a row shows of them."""
        rows = self.filter(idea=idea, topic__in=Topic.objects.visible_to(viewer).values("pk"))
        seen = rows.select_related("topic__tally", "topic__space")
        return seen.defer("topic__body", "topic__body_html", "topic__search").order_by("id")

    def beside_idea(self, viewer: Member | None) -> ArraySubquery:
        """What an idea's page says of its topics, to be read in the statement that reads the idea:
        of each the number, title, language and replies, and the kind of the link."""
        topics = Topic.objects.visible_to(viewer).values("pk")
        rows = self.filter(idea=OuterRef("pk"), topic__in=topics).order_by("id")
        said = JSONObject(
            topic=F("topic_id"),
            title=F("topic__title"),
            language=F("topic__language"),
            replies=F("topic__tally__replies"),
            kind=F("kind"),
        )
        return ArraySubquery(rows.values(said=said))


class TopicLink(models.Model):
    """A topic of the forum and an idea that belong together."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="idea_links")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="topic_links")
    kind = models.CharField(_("kind"), max_length=8, choices=LinkKind, default=LinkKind.RELATED)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("linked by"),
    )
    created_at = models.DateTimeField(_("linked on"), db_default=Now())

    objects = TopicLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of a topic and an idea")
        verbose_name_plural = _("links of topics and ideas")
        constraints = [
            models.UniqueConstraint(fields=["topic", "idea"], name="topic_linked_once"),
            models.UniqueConstraint(
                fields=["topic"], condition=Q(kind=LinkKind.BECAME), name="topic_became_one_idea"
            ),
        ]

    def __str__(self) -> str:
        return f"topic {self.topic_id} and idea {self.idea_id}"
