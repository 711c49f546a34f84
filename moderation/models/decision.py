from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from moderation.grounds import (
    RESTRICTIVE,
    TOLD,
    Account,
    Action,
    Automation,
    Content,
    Ground,
    Monetary,
    Provision,
    Source,
    Visibility,
)
from moderation.models.case import Case
from moderation.models.clause import Category, Clause

# What takes something away, column by column.
TAKES = {
    "visibility": Visibility,
    "monetary": Monetary,
    "provision": Provision,
    "account": Account,
}
WORDS = {
    "action": Action,
    "content_type": Content,
    "category": Category,
    "source": Source,
    "automated_decision": Automation,
}
_NOTHING = Q(**dict.fromkeys(TAKES, ""))


def _one_of(choices: type[models.TextChoices], words: Any) -> "models.CharField[str, str]":
    return models.CharField(words, max_length=60, choices=choices, blank=True, default="")


class ModerationDecisionQuerySet(models.QuerySet["Decision"]):
    def final(self) -> Self:
        """By a person, and not for the time being."""
        return self.filter(ends_at=None)

    def with_case(self) -> Self:
        return self.select_related("case__author", "clause", "by")


class Decision(models.Model):
    """What was decided about a case, by which clause and on what facts. Never changed.

    Its columns are those of a statement of reasons in the EU's transparency database (schema v2),
    with its lengths and its conditions. `by` is empty where a program decided; then it ends by
    itself. `clause_words` are those of the clause as it was then.
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("case")
    )
    action = models.CharField(_("what is done"), max_length=20, choices=Action)
    clause = models.ForeignKey(
        Clause,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("clause"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided on"), db_default=Now())
    ends_at = models.DateTimeField(_("ends on"), null=True)
    visibility = _one_of(Visibility, _("visibility"))
    monetary = _one_of(Monetary, _("payments"))
    provision = _one_of(Provision, _("service"))
    account = _one_of(Account, _("account"))
    ground = _one_of(Ground, _("ground"))
    legal_ground = models.CharField(_("law"), max_length=500, blank=True, default="")
    clause_words = models.CharField(_("clause at that time"), max_length=500, blank=True)
    explanation = models.CharField(_("why it falls under it"), max_length=2000, blank=True)
    facts = models.CharField(_("facts"), max_length=5000)
    content_type = models.CharField(
        _("what it is"), max_length=40, choices=Content, default=Content.TEXT
    )
    category = models.CharField(_("category"), max_length=60, choices=Category)
    content_date = models.DateField(_("written on"))
    application_date = models.DateField(_("holds from"))
    source = models.CharField(_("how it came here"), max_length=40, choices=Source)
    automated_detection = models.BooleanField(_("found by a program"), default=False)
    automated_decision = models.CharField(
        _("who decided"), max_length=40, choices=Automation, default=Automation.NOT
    )
    territorial_scope = ArrayField(models.CharField(max_length=2), verbose_name=_("where"))

    objects = ModerationDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{column}__in": known.values}), name=f"decision_{column}_known"
                )
                for column, known in WORDS.items()
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{column}__in": ["", *known.values]}),
                    name=f"decision_{column}_known",
                )
                for column, known in TAKES.items()
            ),
            models.CheckConstraint(
                condition=Q(action__in=RESTRICTIVE) & ~_NOTHING
                | ~Q(action__in=RESTRICTIVE) & _NOTHING,
                name="a_restriction_takes_something",
            ),
            models.CheckConstraint(
                condition=Q(ground="", legal_ground="") & ~Q(action__in=TOLD)
                | Q(ground=Ground.ILLEGAL) & ~Q(legal_ground="") & ~Q(explanation="")
                | Q(ground=Ground.INCOMPATIBLE, legal_ground="")
                & ~Q(clause_words="")
                & ~Q(explanation=""),
                name="decided_on_a_ground",
            ),
            models.CheckConstraint(condition=~Q(facts=""), name="decided_on_facts"),
            models.CheckConstraint(
                condition=Q(automated_decision=Automation.FULLY, by=None, ends_at__isnull=False)
                | ~Q(automated_decision=Automation.FULLY) & Q(by__isnull=False, ends_at=None),
                name="programs_decide_for_a_while",
            ),
            models.CheckConstraint(
                condition=Q(territorial_scope__len__gt=0), name="decided_somewhere"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ends_at=None), name="one_decision_of_a_person"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(by=None), name="one_decision_of_a_program"
            ),
        ]
        indexes = [
            models.Index(fields=["-decided_at", "-id"], name="decision_newest"),
        ]
        triggers: ClassVar = [
            *kept("decisions_are_kept"),
            pgtrigger.Trigger(
                name="nobody_decides_their_own_case",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__by__isnull=False),
                func="""
                IF EXISTS (
                    SELECT FROM moderation_case c LEFT JOIN ideas_idea i ON i.id = c.idea_id
                    WHERE c.id = NEW.case_id
                      AND (c.author_id = NEW.by_id OR NEW.by_id = ANY (i.co_author_ids))
                ) OR EXISTS (
                    SELECT FROM moderation_flag
                    WHERE case_id = NEW.case_id AND member_id = NEW.by_id AND withdrawn_at IS NULL
                ) THEN
                    RAISE check_violation USING
                        MESSAGE = 'Nobody decides their own case.',
                        CONSTRAINT = 'nobody_decides_their_own_case';
                END IF;
                RETURN NEW;
                """,
            ),
            # Neither a service nor the admin can forget to say why, or to write it down.
            pgtrigger.Trigger(
                name="restrictions_have_their_statements",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                IF NEW.action IN ('hide', 'remove') AND EXISTS (
                    SELECT FROM moderation_case c LEFT JOIN ideas_idea i ON i.id = c.idea_id,
                         unnest(c.author_id || coalesce(i.co_author_ids, '{}')) AS recipient
                    WHERE c.id = NEW.case_id AND NOT EXISTS (
                        SELECT FROM moderation_statement s
                        WHERE s.decision_id = NEW.id AND s.member_id = recipient)
                ) THEN
                    RAISE check_violation USING
                        MESSAGE = 'A restriction needs a statement of reasons for each author.',
                        CONSTRAINT = 'restrictions_have_their_statements';
                END IF;
                IF NOT EXISTS (
                    SELECT FROM moderation_auditevent WHERE decision_id = NEW.id
                ) THEN
                    RAISE check_violation USING
                        MESSAGE = 'A decision is written into the chain.',
                        CONSTRAINT = 'decisions_are_in_the_chain';
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def is_restrictive(self) -> bool:
        return self.action in RESTRICTIVE

    @property
    def is_for_now(self) -> bool:
        """Whether a program decided, until a person has looked."""
        return self.ends_at is not None
