"""The chain: each row seals the one before it, so that none is changed or left out unnoticed."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from moderation.models.case import Case
from moderation.models.decision import Decision

# What the first row seals.
NOTHING_BEFORE = "0" * 64


def seal_of(row: str) -> str:
    """SQL: the SHA-256 of all that a row says, and of the seal before it, in hex.

    The parts are joined by `|`: number, kind, time (UTC, microseconds), actor, case, decision (each
    empty if there is none), content as PostgreSQL prints its jsonb, seal before.
    """
    return f"""
        encode(sha256(convert_to(concat_ws('|',
            {row}.id, {row}.kind,
            to_char({row}.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
            coalesce({row}.actor_id::text, ''), coalesce({row}.case_id::text, ''),
            coalesce({row}.decision_id::text, ''), {row}.content::text, {row}.previous
        ), 'UTF8')), 'hex')
    """


class AuditEvent(models.Model):
    """One deed of moderation. Written by services.auditing; a trigger gives number and seal.

    Numbers have no gaps: whoever writes waits for the one before.
    """

    id = models.BigIntegerField(_("number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=40)
    happened_at = models.DateTimeField(_("happened on"), db_default=Now())
    actor_id = models.BigIntegerField(_("done by"), null=True)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("case")
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("decision")
    )
    content = models.JSONField(_("content"), default=dict)
    previous = models.CharField(_("seal before"), max_length=64, default="")
    seal = models.CharField(_("seal"), max_length=64, unique=True, default="")

    class Meta:
        verbose_name = _("link of the chain")
        verbose_name_plural = _("chain of moderation")
        triggers: ClassVar = [
            *kept("the_chain_is_kept"),
            pgtrigger.Trigger(
                name="each_link_seals_the_one_before",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "record")],
                func=f"""
                PERFORM pg_advisory_xact_lock(hashtext('moderation.chain'));
                SELECT id, seal INTO last FROM moderation_auditevent ORDER BY id DESC LIMIT 1;
                NEW.id := coalesce(last.id, 0) + 1;
                NEW.previous := coalesce(last.seal, '{NOTHING_BEFORE}');
                NEW.seal := {seal_of("NEW")};
                RETURN NEW;
                """,  # noqa: S608  # put together of constants
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class AuditHead(models.Model):
    """How far the chain had come at the end of a day (UTC). It is published, so that others can
    hold us to it."""

    day = models.DateField(_("day"), primary_key=True)
    event = models.ForeignKey(
        AuditEvent, on_delete=models.PROTECT, related_name="+", verbose_name=_("last link")
    )
    seal = models.CharField(_("seal"), max_length=64)
    noted_at = models.DateTimeField(_("noted on"), db_default=Now())

    class Meta:
        verbose_name = _("head of the chain")
        verbose_name_plural = _("heads of the chain")
        triggers: ClassVar = kept("heads_are_kept")

    def __str__(self) -> str:
        return f"{self.day}: {self.event_id}"
