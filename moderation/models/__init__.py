from moderation.models.clause import Category, Clause, ClauseQuerySet, HouseRules
from moderation.models.restriction import KINDS, Restriction, RestrictionQuerySet, title_of

__all__ = [
    "KINDS",
    "Category",
    "Clause",
    "ClauseQuerySet",
    "HouseRules",
    "Restriction",
    "RestrictionQuerySet",
    "title_of",
]
