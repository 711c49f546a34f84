from reputation.models.circumstances import Circumstance, Share
from reputation.models.ledger import Entry, Ground
from reputation.models.rules import Rule, RuleBook
from reputation.models.standing import Day
from reputation.models.trust import TrustChange
from reputation.models.upkeep import Reversal, Verification

__all__ = [
    "Circumstance",
    "Day",
    "Entry",
    "Ground",
    "Reversal",
    "Rule",
    "RuleBook",
    "Share",
    "TrustChange",
    "Verification",
]
