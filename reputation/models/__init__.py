from reputation.models.cases import Case, CaseState, CaseStep, CaseVote, Detector, Step
from reputation.models.ledger import Entry, Ground
from reputation.models.rules import Rule, RuleBook
from reputation.models.standing import Day
from reputation.models.trust import TrustChange
from reputation.models.watch import Vouch, Watch

__all__ = [
    "Case",
    "CaseState",
    "CaseStep",
    "CaseVote",
    "Day",
    "Detector",
    "Entry",
    "Ground",
    "Rule",
    "RuleBook",
    "Step",
    "TrustChange",
    "Vouch",
    "Watch",
]
