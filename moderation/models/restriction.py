from functools import reduce
from operator import or_
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from community.models import Reply, Topic
from ideas.models import Comment, Idea

# What can be restricted; each has a column of its own.
KINDS = ("idea", "comment", "topic", "reply")


def _only(kind: str) -> Q:
    """This column is filled, and none of the others."""
    return Q(**{f"{each}__isnull": each != kind for each in KINDS})


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self) -> Self:
        return self.filter(lifted_at=None)

    def for_list(self) -> Self:
        """All that a row of the list shows, in one query."""
        return self.select_related(
            "idea", "comment__idea", "topic", "reply__topic", "moderator", "lifted_by"
        )


class Restriction(models.Model):
    """An idea, a comment, a topic or a reply that a moderator hid, why, and whether it still holds.

    The row stays for good. It is written once, and once more when it is lifted.
    """

    idea = models.ForeignKey(
        "ideas.Idea",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="restrictions",
        verbose_name=_("idea"),
    )
    comment = models.ForeignKey(
        "ideas.Comment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="restrictions",
        verbose_name=_("comment"),
    )
    topic = models.ForeignKey(
        "community.Topic",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="restrictions",
        verbose_name=_("topic"),
    )
    reply = models.ForeignKey(
        "community.Reply",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="restrictions",
        verbose_name=_("reply"),
    )
    # Null only until the migration has given each its own; a constraint says so.
    decision = models.OneToOneField(
        "moderation.Decision",
        on_delete=models.PROTECT,
        null=True,
        related_name="restriction",
        verbose_name=_("decision"),
    )
    # Nobody, where a program hid it for the time being.
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="restrictions",
        verbose_name=_("moderator"),
    )
    reason = models.TextField(_("reason"), max_length=2000)
    spam = models.BooleanField(_("spam"), default=False, db_default=False)
    imposed_at = models.DateTimeField(_("hidden on"), db_default=Now())
    lifted_at = models.DateTimeField(_("shown again on"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shown again by"),
    )
    lift_reason = models.TextField(_("why it is shown again"), max_length=2000, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (_only(kind) for kind in KINDS)),
                name="restricts_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="restricted_for_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lift_reason="")),
                name="lifted_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=False), name="restrictions_have_a_decision"
            ),
            models.UniqueConstraint(
                fields=["idea"], condition=Q(lifted_at=None), name="idea_hidden_once"
            ),
            models.UniqueConstraint(
                fields=["comment"], condition=Q(lifted_at=None), name="comment_hidden_once"
            ),
            models.UniqueConstraint(
                fields=["topic"], condition=Q(lifted_at=None), name="topic_hidden_once"
            ),
            models.UniqueConstraint(
                fields=["reply"], condition=Q(lifted_at=None), name="reply_hidden_once"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="restrictions_are_kept", operation=pgtrigger.Delete),
            never_emptied("restrictions_are_kept"),
            pgtrigger.Protect(
                name="what_was_imposed_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    *KINDS, "decision", "moderator", "reason", "imposed_at"
                ),
            ),
            pgtrigger.Protect(
                name="lifted_once_for_all",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"restriction {self.pk}"

    @property
    def kind(self) -> str:
        """What is restricted: `idea`, `comment`, `topic` or `reply`."""
        return next(kind for kind in KINDS if getattr(self, f"{kind}_id"))

    @property
    def thing(self) -> Idea | Comment | Topic | Reply:
        """What is restricted; at hand in `for_list`."""
        thing: Idea | Comment | Topic | Reply = getattr(self, self.kind)
        return thing

    @property
    def thing_id(self) -> str:
        """`idea-12`, `comment-7`, `topic-5` or `reply-3`."""
        return f"{self.kind}-{getattr(self, f'{self.kind}_id')}"


def title_of(thing: Idea | Comment | Topic | Reply) -> str:
    """The title of an idea or a topic, or of that on which something was said."""
    if isinstance(thing, Comment):
        return thing.idea.title
    return thing.topic.title if isinstance(thing, Reply) else thing.title
