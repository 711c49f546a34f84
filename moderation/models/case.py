from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from moderation.grounds import Source
from moderation.things import KINDS, Kind, Thing


def named(kind: str) -> Q:
    """The column of this kind is filled, and none of the others."""
    return Q(**{f"{each}__isnull": each != kind for each in KINDS})


def key_to(model: str, words: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        null=True,
        related_name="moderation_cases",
        verbose_name=words,
        db_index=False,
    )


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    CLAIMED = "claimed", _("Claimed")
    DECIDED = "decided", _("Decided")


RUNNING = (CaseState.OPEN, CaseState.CLAIMED)


class ModerationCaseQuerySet(models.QuerySet["Case"]):
    def running(self) -> Self:
        return self.exclude(state=CaseState.DECIDED)

    def of(self, thing: Thing, kind: str) -> Self:
        """All about one thing."""
        return self.filter(**{kind: thing.pk})

    def with_thing(self) -> Self:
        """What it is about, in one query."""
        return self.select_related(
            "idea", "comment__idea", "topic", "reply__topic", "profile__profile", "author"
        )


class Case(models.Model):
    """Something that a person looks at, with what it said when it was first reported.

    A thing has one case at a time. What its text was stays as it was; the thing may have changed
    since. `score` is the sum of what the reports in force weigh, see moderation.weighing.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    idea = key_to("ideas.Idea", _("idea"))
    comment = key_to("ideas.Comment", _("comment"))
    topic = key_to("community.Topic", _("topic"))
    reply = key_to("community.Reply", _("reply"))
    profile = key_to(settings.AUTH_USER_MODEL, _("profile"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
        db_index=False,
    )
    source = models.CharField(_("how it came here"), max_length=40, choices=Source)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text at that time"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(_("version"))
    written_at = models.DateTimeField(_("written on"))
    state = models.CharField(
        _("state"), max_length=10, choices=CaseState, default=CaseState.OPEN, db_default="open"
    )
    score = models.FloatField(_("weight of the reports"), default=0, db_default=0)
    opened_at = models.DateTimeField(_("opened on"), db_default=Now())
    due_at = models.DateTimeField(_("due on"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("claimed by"),
    )
    decided_at = models.DateTimeField(_("decided on"), null=True)

    objects = ModerationCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (Q(kind=kind) & named(kind) for kind in KINDS)),
                name="a_case_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(profile=None) | Q(profile=F("author")),
                name="profiles_are_their_members",
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="case_source_known"),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, claimed_by=None, decided_at=None)
                | Q(state=CaseState.CLAIMED, claimed_by__isnull=False, decided_at=None)
                | Q(state=CaseState.DECIDED, decided_at__isnull=False),
                name="a_case_is_in_somebody_s_hands",
            ),
            *(
                models.UniqueConstraint(
                    fields=[kind], condition=~Q(state=CaseState.DECIDED), name=f"one_case_of_{kind}"
                )
                for kind in KINDS
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=~Q(state=CaseState.DECIDED), name="case_queue"
            ),
            models.Index(fields=["-decided_at", "-id"], name="case_decided"),
            models.Index(fields=["author", "-id"], name="case_by_author"),
            *(models.Index(fields=[kind, "-id"], name=f"case_of_{kind}") for kind in KINDS),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="cases_are_kept", operation=pgtrigger.Delete),
            never_emptied("cases_are_kept"),
            pgtrigger.Protect(
                name="what_was_reported_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "kind", *KINDS, "author", "source", "title", "text", "language", "version",
                    "written_at", "opened_at",
                ),
            ),
            pgtrigger.Protect(
                name="what_was_decided_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="decided"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("admin:moderation_case_change", args=[self.pk])

    @property
    def thing(self) -> Thing:
        """What it is about; at hand in `with_thing`."""
        thing: Thing = getattr(self, self.kind)
        return thing

    @property
    def thing_id(self) -> int:
        number: int = getattr(self, f"{self.kind}_id")
        return number
