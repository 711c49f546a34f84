"""Where moderators work, in the admin: cases, complaints, and what was written down of them."""

from moderation.desk import cases, complaints, written

__all__ = ["cases", "complaints", "written"]
