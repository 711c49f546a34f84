"""What each trust level may do, in one table. Reputation decides who has which level."""

from dataclasses import dataclass

HIGHEST = 4


@dataclass(frozen=True)
class Privileges:
    """`support_budget`: active supports on a board that has a budget.
    `images`: pictures in one idea.
    `requests_a_day`: members that one may ask to be friends within 24 hours.
    `requests_waiting`: such requests that may wait for an answer."""

    support_budget: int
    images: int
    requests_a_day: int
    requests_waiting: int


BY_LEVEL = (
    Privileges(support_budget=2, images=1, requests_a_day=0, requests_waiting=0),
    Privileges(support_budget=4, images=4, requests_a_day=10, requests_waiting=20),
    Privileges(support_budget=6, images=6, requests_a_day=20, requests_waiting=40),
    Privileges(support_budget=8, images=8, requests_a_day=30, requests_waiting=60),
    Privileges(support_budget=10, images=10, requests_a_day=50, requests_waiting=100),
)


def privileges(level: int) -> Privileges:
    """The privileges of TL0–TL4."""
    return BY_LEVEL[level]


def level_with(privilege: str, more_than: int) -> int | None:
    """The lowest level that has more of a privilege; None when no level has."""
    levels = (n for n, row in enumerate(BY_LEVEL) if getattr(row, privilege) > more_than)
    return next(levels, None)
