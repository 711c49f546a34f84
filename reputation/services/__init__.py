from reputation.services.appointing import appoint, dismiss
from reputation.services.awarding import award, award_all, keep_solved
from reputation.services.booking import book
from reputation.services.booking.correcting import correct
from reputation.services.booking.reading import Progress
from reputation.services.filing import file
from reputation.services.judging import claim, note_reinstated, note_voided, release
from reputation.services.judging import dismiss as dismiss_case
from reputation.services.levels import review, review_all, review_newcomers
from reputation.services.placing import keep_places
from reputation.services.ranking import rank
from reputation.services.reversing import restore, reverse, reversible
from reputation.services.rulebooks import publish_rules
from reputation.services.sums import recompute, verify
from reputation.services.vouching import end_vouch, spread_trust, vouch
from reputation.services.watching import watch

__all__ = [
    "Progress",
    "appoint",
    "award",
    "award_all",
    "book",
    "claim",
    "correct",
    "dismiss",
    "dismiss_case",
    "end_vouch",
    "file",
    "keep_places",
    "keep_solved",
    "note_reinstated",
    "note_voided",
    "publish_rules",
    "rank",
    "recompute",
    "release",
    "restore",
    "reverse",
    "reversible",
    "review",
    "review_all",
    "review_newcomers",
    "spread_trust",
    "verify",
    "vouch",
    "watch",
]
