"""Every write of moderation: keyword-only and atomic."""

from moderation.services.drafting import draft_rules, publish_rules
from moderation.services.restricting import lift, restrict
from moderation.services.sanctioning import lift_sanction, sanction

__all__ = ["draft_rules", "lift", "lift_sanction", "publish_rules", "restrict", "sanction"]
