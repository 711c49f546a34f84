"""How sure we may be that a comment helps."""

import math

Z = 1.96


def lower_bound(yes: int, no: int) -> float:
    """The lower end of Wilson's 95 % interval for the share of yes; 0 without marks.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    n = yes + no
    if n == 0:
        return 0.0
    share = yes / n
    middle = share + Z * Z / (2 * n)
    spread = Z * math.sqrt((share * (1 - share) + Z * Z / (4 * n)) / n)
    return max(0.0, (middle - spread) / (1 + Z * Z / n))
