from reputation.services.filing import file
from reputation.services.judging import claim, dismiss, note_reinstated, note_voided, release
from reputation.services.levels import review, review_newcomers
from reputation.services.vouching import end_vouch, spread_trust, vouch
from reputation.services.watching import watch

__all__ = [
    "claim",
    "dismiss",
    "end_vouch",
    "file",
    "note_reinstated",
    "note_voided",
    "release",
    "review",
    "review_newcomers",
    "spread_trust",
    "vouch",
    "watch",
]
