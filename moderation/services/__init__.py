"""Every write of moderation: keyword-only and atomic."""

from moderation.services.restricting import lift, restrict

__all__ = ["lift", "restrict"]
