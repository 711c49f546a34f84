from reputation.services.appointing import appoint, dismiss
from reputation.services.levels import review, review_all, review_newcomers

__all__ = ["appoint", "dismiss", "review", "review_all", "review_newcomers"]
