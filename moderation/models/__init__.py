from moderation.models.clause import Category, Clause, ClauseQuerySet, HouseRules
from moderation.models.restriction import KINDS, Restriction, RestrictionQuerySet, title_of
from moderation.models.sanction import Sanction, SanctionKind, SanctionQuerySet

__all__ = [
    "KINDS",
    "Category",
    "Clause",
    "ClauseQuerySet",
    "HouseRules",
    "Restriction",
    "RestrictionQuerySet",
    "Sanction",
    "SanctionKind",
    "SanctionQuerySet",
    "title_of",
]
