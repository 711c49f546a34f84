from moderation.models.audit import AuditEvent, AuditHead
from moderation.models.case import RUNNING, Case, CaseState, ModerationCaseQuerySet
from moderation.models.clause import Category, Clause, ClauseQuerySet, HouseRules
from moderation.models.decision import Decision, ModerationDecisionQuerySet
from moderation.models.flag import Flag, FlagQuerySet, Outcome
from moderation.models.restriction import KINDS, Restriction, RestrictionQuerySet, title_of
from moderation.models.sanction import Sanction, SanctionKind, SanctionQuerySet
from moderation.models.statement import (
    Complaint,
    ComplaintOutcome,
    ComplaintQuerySet,
    Statement,
    StatementQuerySet,
)

__all__ = [
    "KINDS",
    "RUNNING",
    "AuditEvent",
    "AuditHead",
    "Case",
    "CaseState",
    "Category",
    "Clause",
    "ClauseQuerySet",
    "Complaint",
    "ComplaintOutcome",
    "ComplaintQuerySet",
    "Decision",
    "Flag",
    "FlagQuerySet",
    "HouseRules",
    "ModerationCaseQuerySet",
    "ModerationDecisionQuerySet",
    "Outcome",
    "Restriction",
    "RestrictionQuerySet",
    "Sanction",
    "SanctionKind",
    "SanctionQuerySet",
    "Statement",
    "StatementQuerySet",
    "title_of",
]
