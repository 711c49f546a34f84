"""The admin of reputation: ledger, levels, badges, and the desk where votes are looked into."""

from reputation import desk
from reputation.admin import badges, ledger, levels

__all__ = ["badges", "desk", "ledger", "levels"]
