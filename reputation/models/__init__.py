from reputation.models.badges import Award, BadgeDue, BadgeTally, Holding, Reason, SolvedFor
from reputation.models.cases import Case, CaseState, CaseStep, CaseVote, Detector, Step
from reputation.models.circumstances import Circumstance, Share
from reputation.models.evidence import ActiveDay, Deed, DeedKind, Discussed
from reputation.models.leaderboards import Leader, Leaderboard
from reputation.models.ledger import Entry, Ground
from reputation.models.places import Place, Remark
from reputation.models.rules import Rule, RuleBook
from reputation.models.standing import Day
from reputation.models.trust import Grace, TrustChange
from reputation.models.upkeep import Reversal, Verification
from reputation.models.watch import Vouch, Watch

__all__ = [
    "ActiveDay",
    "Award",
    "BadgeDue",
    "BadgeTally",
    "Case",
    "CaseState",
    "CaseStep",
    "CaseVote",
    "Circumstance",
    "Day",
    "Deed",
    "DeedKind",
    "Detector",
    "Discussed",
    "Entry",
    "Grace",
    "Ground",
    "Holding",
    "Leader",
    "Leaderboard",
    "Place",
    "Reason",
    "Remark",
    "Reversal",
    "Rule",
    "RuleBook",
    "Share",
    "SolvedFor",
    "Step",
    "TrustChange",
    "Verification",
    "Vouch",
    "Watch",
]
