from reputation.services.levels import review, review_newcomers

__all__ = ["review", "review_newcomers"]
