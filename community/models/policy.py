"""What a member agrees to, in versions."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept, never_emptied


class PolicyKind(models.TextChoices):
    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy policy")
    # Their clauses are moderation's.
    RULES = "rules", _("House rules")


class PolicyQuerySet(models.QuerySet["PolicyVersion"]):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def in_force(self, at: datetime | None = None) -> Self:
        """What held at a time: of each kind the newest whose day had come."""
        come = PolicyVersion.objects.published().filter(effective_at__lte=at or timezone.now())
        newest = come.order_by("kind", "-effective_at", "-number").distinct("kind")
        return self.filter(pk__in=newest.values("pk")).order_by("-kind")

    def current(self) -> Self:
        """What holds now."""
        return self.in_force()

    def announced(self) -> Self:
        """What is published and does not hold yet, the next one first."""
        return self.filter(effective_at__gt=timezone.now()).order_by("effective_at")

    def before(self, version: "PolicyVersion") -> "PolicyVersion | None":
        """What held, or was to hold, before a published version of the same kind."""
        same = self.published().filter(kind=version.kind, effective_at__lte=version.effective_at)
        earlier = same.exclude(pk=version.pk).order_by("-effective_at", "-number")
        return earlier.filter(number__lt=version.number).first()

    def missing_for(self, member_id: int) -> Self:
        """Those of the current ones that somebody has not agreed to."""
        return self.current().exclude(consents__member=member_id)


class PolicyVersion(models.Model):
    """One wording of the terms, the privacy policy or the house rules, in both languages.

    Published for good, and in force from a day that may be later.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=PolicyKind)
    number = models.PositiveSmallIntegerField(_("version"))
    text_en = models.TextField(_("text in English"), help_text=_("Markdown."))
    text_de = models.TextField(_("text in German"), help_text=_("Markdown."))
    changes_en = models.CharField(
        _("what changed, in English"),
        max_length=500,
        blank=True,
        help_text=_("Members read it when they are asked again."),
    )
    changes_de = models.CharField(_("what changed, in German"), max_length=500, blank=True)
    written_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(_("published on"), null=True, editable=False)
    effective_at = models.DateTimeField(_("in force from"), null=True, editable=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="one_policy_of_a_number"),
            models.UniqueConstraint(fields=["published_at"], name="published_one_by_one"),
            models.CheckConstraint(
                condition=~Q(text_en="") & ~Q(text_de=""), name="policies_in_both_languages"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, effective_at=None)
                | Q(
                    published_at__isnull=False,
                    effective_at__isnull=False,
                    effective_at__gte=F("published_at"),
                ),
                name="in_force_once_published",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="published_policies_stand",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            never_emptied("published_policies_stand"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("community:policy", args=[self.kind, self.number])

    @property
    def text(self) -> str:
        return self.text_de if get_language() == "de" else self.text_en

    @property
    def changes(self) -> str:
        return self.changes_de if get_language() == "de" else self.changes_en


class ConsentWay(models.TextChoices):
    SIGN_UP = "sign_up", _("when joining")
    ASKED = "asked", _("when asked")


class Consent(models.Model):
    """That a member agreed to a version. Only ever added."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents"
    )
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="consents")
    way = models.CharField(max_length=10, choices=ConsentWay)
    given_at = models.DateTimeField(_("given on"), db_default=Now())

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(fields=["member", "version"], name="agreed_once"),
        ]
        triggers: ClassVar = kept("consents_are_kept")

    def __str__(self) -> str:
        return f"{self.member_id} to {self.version_id}"
