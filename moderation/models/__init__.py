from moderation.models.audit import AuditEvent, AuditHead
from moderation.models.case import RUNNING, Case, CaseQuerySet, CaseState
from moderation.models.clause import Category, Clause, ClauseQuerySet, HouseRules
from moderation.models.decision import Decision, DecisionQuerySet
from moderation.models.flag import Flag, FlagQuerySet, Outcome
from moderation.models.restriction import KINDS, Restriction, RestrictionQuerySet, title_of
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
    "CaseQuerySet",
    "CaseState",
    "Category",
    "Clause",
    "ClauseQuerySet",
    "Complaint",
    "ComplaintOutcome",
    "ComplaintQuerySet",
    "Decision",
    "DecisionQuerySet",
    "Flag",
    "FlagQuerySet",
    "HouseRules",
    "Outcome",
    "Restriction",
    "RestrictionQuerySet",
    "Statement",
    "StatementQuerySet",
    "title_of",
]
