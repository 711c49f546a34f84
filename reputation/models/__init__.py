from reputation.models.circumstances import Circumstance, Share
from reputation.models.evidence import ActiveDay, Deed, DeedKind, Discussed
from reputation.models.ledger import Entry, Ground
from reputation.models.rules import Rule, RuleBook
from reputation.models.standing import Day
from reputation.models.trust import Grace, TrustChange

__all__ = [
    "ActiveDay",
    "Circumstance",
    "Day",
    "Deed",
    "DeedKind",
    "Discussed",
    "Entry",
    "Grace",
    "Ground",
    "Rule",
    "RuleBook",
    "Share",
    "TrustChange",
]
