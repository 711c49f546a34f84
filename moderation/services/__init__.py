"""Every write of moderation: keyword-only and atomic."""

from moderation.services.auditing import Break, close_days, verify
from moderation.services.complaining import complain, decide_complaint
from moderation.services.deciding import decide
from moderation.services.drafting import draft_rules, publish_rules
from moderation.services.flagging import flag, withdraw_flag
from moderation.services.handling import claim, release
from moderation.services.interim import lapse
from moderation.services.restricting import lift, restrict
from moderation.services.sanctioning import lift_sanction, sanction

__all__ = [
    "Break",
    "claim",
    "close_days",
    "complain",
    "decide",
    "decide_complaint",
    "draft_rules",
    "flag",
    "lapse",
    "lift",
    "lift_sanction",
    "publish_rules",
    "release",
    "restrict",
    "sanction",
    "verify",
    "withdraw_flag",
]
