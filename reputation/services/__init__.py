from reputation.services.booking import book
from reputation.services.levels import review, review_newcomers
from reputation.services.reversing import restore, reverse, reversible
from reputation.services.rulebooks import publish_rules
from reputation.services.sums import recompute, verify

__all__ = [
    "book",
    "publish_rules",
    "recompute",
    "restore",
    "reverse",
    "reversible",
    "review",
    "review_newcomers",
    "verify",
]
