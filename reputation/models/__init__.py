from reputation.models.ledger import Entry, Ground
from reputation.models.rules import Rule, RuleBook
from reputation.models.standing import Day
from reputation.models.trust import TrustChange

__all__ = ["Day", "Entry", "Ground", "Rule", "RuleBook", "TrustChange"]
