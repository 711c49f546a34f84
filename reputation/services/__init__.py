from reputation.services.appointing import appoint, dismiss
from reputation.services.booking import book
from reputation.services.levels import review, review_all, review_newcomers

__all__ = ["appoint", "book", "dismiss", "review", "review_all", "review_newcomers"]
