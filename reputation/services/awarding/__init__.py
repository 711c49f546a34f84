"""Badges, from the grounds of the ledger. What a member has earned is read anew each time, for
those to whom something happened; nothing is added up from run to run."""

from reputation.services.awarding.giving import Awarded, award, award_all
from reputation.services.awarding.solved import keep_solved

__all__ = ["Awarded", "award", "award_all", "keep_solved"]
