"""Who may do what in moderation, and if not, why not."""

from moderation.policies.restricting import MAY_LIFT, MAY_RESTRICT, Thing, can_lift, can_restrict
from moderation.policies.rules import can_draft_rules, can_publish_rules

__all__ = [
    "MAY_LIFT",
    "MAY_RESTRICT",
    "Thing",
    "can_draft_rules",
    "can_lift",
    "can_publish_rules",
    "can_restrict",
]
