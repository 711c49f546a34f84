"""Who may do what. One module for each subject."""

from reputation.policies.levels import MAY_APPOINT, can_appoint, can_dismiss
from reputation.policies.points import MAY_READ, can_see_points

__all__ = ["MAY_APPOINT", "MAY_READ", "can_appoint", "can_dismiss", "can_see_points"]
