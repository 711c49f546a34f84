"""What each trust level may do, in one table. Reputation decides who has which level."""

from dataclasses import dataclass

HIGHEST = 4


@dataclass(frozen=True)
class Privileges:
    """`support_budget`: active supports on a board that has a budget.
    `images`: pictures in one idea."""

    support_budget: int
    images: int


BY_LEVEL = (
    Privileges(support_budget=2, images=1),
    Privileges(support_budget=4, images=4),
    Privileges(support_budget=6, images=6),
    Privileges(support_budget=8, images=8),
    Privileges(support_budget=10, images=10),
)


def privileges(level: int) -> Privileges:
    """The privileges of TL0–TL4."""
    return BY_LEVEL[level]
