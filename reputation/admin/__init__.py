"""The admin of reputation: the ledger, trust levels, and the desk where votes are looked into."""

from reputation import desk
from reputation.admin import ledger, levels

__all__ = ["desk", "ledger", "levels"]
