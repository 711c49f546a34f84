"""Every write of moderation: keyword-only and atomic."""

from moderation.services.drafting import draft_rules, publish_rules
from moderation.services.restricting import lift, restrict

__all__ = ["draft_rules", "lift", "publish_rules", "restrict"]
