"""Hot: ln Σ e^(t/τ) over an idea's counted votes, τ = 5 days.

Each vote counts in full when it is cast and fades by the factor e every five days. Because every
vote of the site fades at the same pace, comparing the stored sums gives the same order today as
at any other day: a stored value changes by a vote and never by the clock.
"""

import math
from collections.abc import Iterable
from datetime import UTC, datetime

TAU_DAYS = 5
TAU_SECONDS = TAU_DAYS * 86_400
# Keeps the exponents small; any fixed moment gives the same order.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
COLD = -math.inf


def exponent(moment: datetime) -> float:
    """t/τ of one vote."""
    return (moment - EPOCH).total_seconds() / TAU_SECONDS


def heat(moments: Iterable[datetime]) -> float:
    """ln Σ e^(t/τ), without overflow; -inf for no votes."""
    exponents = [exponent(moment) for moment in moments]
    if not exponents:
        return COLD
    top = max(exponents)
    return top + math.log(math.fsum(math.exp(e - top) for e in exponents))


# The same for a timestamp in PostgreSQL: SQL_EXPONENT.format("column").
SQL_EXPONENT = f"((extract(epoch FROM {{}}) - {EPOCH.timestamp():.0f}) / {TAU_SECONDS})::float8"
