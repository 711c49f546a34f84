"""May they, and if not, why not."""

from community.policies.people import (
    can_ask,
    can_ask_anybody,
    can_change_handle,
    can_export,
    can_keep_distance,
    can_leave,
)

__all__ = [
    "can_ask",
    "can_ask_anybody",
    "can_change_handle",
    "can_export",
    "can_keep_distance",
    "can_leave",
]
