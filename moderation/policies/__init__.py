"""Who may do what in moderation, and if not, why not."""

from moderation.policies.restricting import MAY_LIFT, MAY_RESTRICT, Thing, can_lift, can_restrict
from moderation.policies.rules import can_draft_rules, can_publish_rules
from moderation.policies.sanctioning import (
    MAY_BAN,
    MAY_LIFT_SANCTION,
    MAY_SANCTION,
    can_lift_sanction,
    can_sanction,
)

__all__ = [
    "MAY_BAN",
    "MAY_LIFT",
    "MAY_LIFT_SANCTION",
    "MAY_RESTRICT",
    "MAY_SANCTION",
    "Thing",
    "can_draft_rules",
    "can_lift",
    "can_lift_sanction",
    "can_publish_rules",
    "can_restrict",
    "can_sanction",
]
