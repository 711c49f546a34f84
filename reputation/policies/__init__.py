"""Who may do what. One module for each subject."""

from reputation.policies.cases import (
    MAY_JUDGE,
    MAY_VOUCH,
    can_claim_case,
    can_dismiss_case,
    can_release_case,
    can_vouch,
)
from reputation.policies.levels import MAY_APPOINT, can_appoint, can_dismiss
from reputation.policies.points import MAY_READ, can_hold_from, can_see_points

__all__ = [
    "MAY_APPOINT",
    "MAY_JUDGE",
    "MAY_READ",
    "MAY_VOUCH",
    "can_appoint",
    "can_claim_case",
    "can_dismiss",
    "can_dismiss_case",
    "can_hold_from",
    "can_release_case",
    "can_see_points",
    "can_vouch",
]
