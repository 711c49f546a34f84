"""The house rules in clauses: what moderation decides by."""

from datetime import datetime
from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from activity.append_only import never_emptied
from community.models import PolicyQuerySet, PolicyVersion
from community.models.policy import PolicyKind

MILDEST, GRAVEST = 1, 5


class Category(models.TextChoices):
    """The categories of the EU's transparency database, by its own keywords."""

    ANIMAL_WELFARE = "ANIMAL_WELFARE", _("Animal welfare")
    CONSUMER_INFORMATION = "CONSUMER_INFORMATION", _("Consumer information")
    CYBER_VIOLENCE = "CYBER_VIOLENCE", _("Cyber violence")
    CYBER_VIOLENCE_AGAINST_WOMEN = (
        "CYBER_VIOLENCE_AGAINST_WOMEN",
        _("Cyber violence against women"),
    )
    DATA_PROTECTION_AND_PRIVACY_VIOLATIONS = (
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        _("Data protection and privacy violations"),
    )
    ILLEGAL_OR_HARMFUL_SPEECH = "ILLEGAL_OR_HARMFUL_SPEECH", _("Illegal or harmful speech")
    INTELLECTUAL_PROPERTY_INFRINGEMENTS = (
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        _("Intellectual property infringements"),
    )
    NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS = (
        "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        _("Negative effects on civic discourse or elections"),
    )
    NOT_SPECIFIED_NOTICE = "NOT_SPECIFIED_NOTICE", _("Notice without a category")
    OTHER_VIOLATION_TC = "OTHER_VIOLATION_TC", _("Other breach of the house rules")
    PROTECTION_OF_MINORS = "PROTECTION_OF_MINORS", _("Protection of minors")
    RISK_FOR_PUBLIC_SECURITY = "RISK_FOR_PUBLIC_SECURITY", _("Risk for public security")
    SCAMS_AND_FRAUD = "SCAMS_AND_FRAUD", _("Scams and fraud")
    SELF_HARM = "SELF_HARM", _("Self-harm")
    UNSAFE_AND_PROHIBITED_PRODUCTS = (
        "UNSAFE_AND_PROHIBITED_PRODUCTS",
        _("Unsafe and prohibited products"),
    )
    VIOLENCE = "VIOLENCE", _("Violence")


class _OnlyRules(models.Manager.from_queryset(PolicyQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> PolicyQuerySet:
        rows: PolicyQuerySet = super().get_queryset()
        return rows.filter(kind=PolicyKind.RULES)


class HouseRules(PolicyVersion):
    """The versions of the third policy. Its text says what they are for, its clauses what holds."""

    objects: ClassVar = _OnlyRules()

    class Meta:
        proxy = True
        verbose_name = _("house rules")
        verbose_name_plural = _("house rules")


class ClauseQuerySet(models.QuerySet["Clause"]):
    def in_force(self, at: datetime | None = None) -> Self:
        """Those of the house rules that hold, now or at another time, in their order."""
        return self.filter(version__in=HouseRules.objects.in_force(at).values("pk"))


# Refuses it once the version of that row is published. The lock waits for a publication that is
# under way.
_STANDS = """
            SELECT kind, published_at INTO version
            FROM community_policyversion WHERE id = {row}.version_id FOR SHARE;
            IF version.published_at IS NOT NULL THEN
                RAISE EXCEPTION 'These house rules are published: {name}.';
            END IF;
            IF version.kind <> 'rules' THEN
                RAISE EXCEPTION 'Only house rules have clauses: {name}.';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """


def _stands(name: str, row: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=operation,
        declare=[("version", "record")],
        func=_STANDS.format(row=row, name=name),
    )


class Clause(models.Model):
    """One rule in one version of the house rules.

    `key` stays the same from version to version, while the words change; a row stays as it was
    published, so that a decision names the very words it was made by.
    """

    version = models.ForeignKey(
        HouseRules, on_delete=models.CASCADE, related_name="clauses", verbose_name=_("version")
    )
    key = models.SlugField(
        _("key"),
        max_length=40,
        help_text=_("A short word, such as spam. It stays the same in all versions."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title_en = models.CharField(_("title in English"), max_length=120)
    title_de = models.CharField(_("title in German"), max_length=120)
    text_en = models.TextField(_("text in English"), max_length=2000, help_text=_("Markdown."))
    text_de = models.TextField(_("text in German"), max_length=2000, help_text=_("Markdown."))
    category = models.CharField(
        _("category"),
        max_length=50,
        choices=Category,
        default=Category.OTHER_VIOLATION_TC,
        help_text=_("Under which the EU's transparency database counts a breach."),
    )
    severity = models.PositiveSmallIntegerField(
        _("severity"),
        default=2,
        help_text=_("What a breach weighs unless a moderator says otherwise: 1 mild, 5 grave."),
    )

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="one_clause_of_a_key"),
            models.CheckConstraint(
                condition=Q(key__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="clause_keys_are_words"
            ),
            models.CheckConstraint(
                condition=Q(severity__range=(MILDEST, GRAVEST)), name="severity_of_five"
            ),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="category_of_the_database"
            ),
            models.CheckConstraint(
                condition=~Q(title_en="") & ~Q(title_de="") & ~Q(text_en="") & ~Q(text_de=""),
                name="clauses_in_both_languages",
            ),
        ]
        triggers: ClassVar = [
            _stands("no_clause_comes_later", "NEW", pgtrigger.Insert | pgtrigger.Update),
            _stands("published_clauses_stand", "OLD", pgtrigger.Update | pgtrigger.Delete),
            never_emptied("published_clauses_stand"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place among the house rules that hold now."""
        return f"{reverse('community:current_policy', args=[PolicyKind.RULES])}#{self.key}"

    @property
    def title(self) -> str:
        return self.title_de if get_language() == "de" else self.title_en

    @property
    def text(self) -> str:
        return self.text_de if get_language() == "de" else self.text_en
