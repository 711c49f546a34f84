from reputation.services.booking import book
from reputation.services.levels import review, review_newcomers

__all__ = ["book", "review", "review_newcomers"]
