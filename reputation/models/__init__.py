from reputation.models.circumstances import Circumstance, Share
from reputation.models.ledger import Entry, Ground
from reputation.models.rules import Rule, RuleBook
from reputation.models.standing import Day
from reputation.models.trust import TrustChange

__all__ = [
    "Circumstance",
    "Day",
    "Entry",
    "Ground",
    "Rule",
    "RuleBook",
    "Share",
    "TrustChange",
]
