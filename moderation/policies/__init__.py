"""Who may do what in moderation, and if not, why not."""

from moderation.policies.complaining import MAY_ANSWER, can_complain, can_decide_complaint
from moderation.policies.flagging import MOST_A_DAY, can_flag, can_withdraw_flag
from moderation.policies.handling import MAY_JUDGE, can_claim, can_decide, can_release
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
    "MAY_ANSWER",
    "MAY_BAN",
    "MAY_JUDGE",
    "MAY_LIFT",
    "MAY_LIFT_SANCTION",
    "MAY_RESTRICT",
    "MAY_SANCTION",
    "MOST_A_DAY",
    "Thing",
    "can_claim",
    "can_complain",
    "can_decide",
    "can_decide_complaint",
    "can_draft_rules",
    "can_flag",
    "can_lift",
    "can_lift_sanction",
    "can_publish_rules",
    "can_release",
    "can_restrict",
    "can_sanction",
    "can_withdraw_flag",
]
