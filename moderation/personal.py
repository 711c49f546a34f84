"""What moderation keeps about members; see community.privacy.

All of it is kept: what was decided, why, and who may still complain about it.
"""

from django.utils.translation import gettext_lazy as _

from community.privacy import Fate, answer
from moderation.models import (
    AuditEvent,
    Case,
    Complaint,
    Decision,
    Flag,
    Restriction,
    Sanction,
    Statement,
)

COLUMNS = ("reason", "imposed_at", "lifted_at", "lift_reason")
SANCTIONED = ("kind", "clause__key", "severity", "misuse", "until", "strike_until", *COLUMNS)

answer(Restriction, "moderator", fate=Fate.FORMER)
answer(Restriction, "lifted_by", fate=Fate.FORMER)
answer(Restriction, "idea__author", fate=Fate.FORMER, export="restricted_ideas",
       what=_("What moderation decided about your ideas"),
       columns=["idea_id", *COLUMNS])  # fmt: skip
answer(Restriction, "comment__author", fate=Fate.FORMER, export="restricted_comments",
       what=_("What moderation decided about your comments"),
       columns=["comment_id", *COLUMNS])  # fmt: skip
answer(Flag, "member", fate=Fate.FORMER, export="reports", what=_("What you reported"),
       columns=["case__kind", "case__title", "clause__key", "note", "flagged_at", "withdrawn_at",
                "outcome"])  # fmt: skip
answer(Statement, "member", fate=Fate.FORMER, export="statements",
       what=_("What moderation decided about you, and why"),
       columns=["puid", "decision__case__kind", "decision__case__title", "decision__action",
                "decision__clause_words", "decision__legal_ground", "decision__explanation",
                "decision__facts", "decision__automated_decision", "informed_at"])  # fmt: skip
answer(Complaint, "member", fate=Fate.FORMER, export="complaints",
       what=_("Your complaints about decisions"),
       columns=["statement__puid", "words", "filed_at", "outcome", "answer",
                "decided_at"])  # fmt: skip
answer(Complaint, "first_decider", fate=Fate.FORMER)
answer(Complaint, "decided_by", fate=Fate.FORMER)
# What is looked into was told its author in a statement, if anything came of it.
answer(Case, "author", fate=Fate.FORMER)
answer(Case, "profile", fate=Fate.FORMER)
answer(Case, "claimed_by", fate=Fate.FORMER)
answer(Decision, "by", fate=Fate.FORMER)
answer(AuditEvent, "actor_id", fate=Fate.NUMBER)
answer(Sanction, "member", fate=Fate.NUMBER, export="sanctions",
       what=_("Warnings and suspensions"),
       columns=SANCTIONED)  # fmt: skip
answer(Sanction, "by", fate=Fate.FORMER)
answer(Sanction, "lifted_by", fate=Fate.FORMER)
