"""The administration of votes that look suspect, and of whom the team knows."""

from reputation.desk import cases, evidence, vouches

__all__ = ["cases", "evidence", "vouches"]
