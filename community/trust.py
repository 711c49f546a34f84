"""What each trust level may do, in one table. Reputation decides who has which level."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

HIGHEST = 4
NAMES = (
    pgettext_lazy("trust level", "Newcomer"),
    pgettext_lazy("trust level", "Member"),
    pgettext_lazy("trust level", "Regular"),
    pgettext_lazy("trust level", "Trusted"),
    pgettext_lazy("trust level", "Steward"),
)


@dataclass(frozen=True)
class Privileges:
    """`links`: addresses elsewhere in one text.
    `support_budget`: active supports on a board that has a budget.
    `images`: pictures in one idea.
    `requests_a_day`: members that one may ask to be friends within 24 hours.
    `requests_waiting`: such requests that may wait for an answer.
    `edit_tags`: whether one may sort ideas of others by their tags."""

    links: int
    support_budget: int
    images: int
    requests_a_day: int
    requests_waiting: int
    edit_tags: bool = False


BY_LEVEL = (
    Privileges(links=2, support_budget=2, images=1, requests_a_day=0, requests_waiting=0),
    Privileges(links=10, support_budget=4, images=4, requests_a_day=10, requests_waiting=20),
    Privileges(links=20, support_budget=6, images=6, requests_a_day=20, requests_waiting=40),
    Privileges(
        links=40, support_budget=8, images=8, requests_a_day=30, requests_waiting=60, edit_tags=True
    ),
    Privileges(
        links=80,
        support_budget=10,
        images=10,
        requests_a_day=50,
        requests_waiting=100,
        edit_tags=True,
    ),
)
LABELS = {
    "links": gettext_lazy("Links in one text"),
    "images": gettext_lazy("Pictures in one idea"),
    "support_budget": gettext_lazy("Supports at a time, on boards with a budget"),
    "requests_a_day": gettext_lazy("New friend requests a day"),
    "requests_waiting": gettext_lazy("Friend requests that wait for an answer"),
    "edit_tags": gettext_lazy("Sort ideas of others by their tags"),
}


def privileges(level: int) -> Privileges:
    """The privileges of TL0–TL4."""
    return BY_LEVEL[level]


def level_with(privilege: str, more_than: int) -> int | None:
    """The lowest level that has more of a privilege; None when no level has."""
    levels = (n for n, row in enumerate(BY_LEVEL) if getattr(row, privilege) > more_than)
    return next(levels, None)


def named(level: int) -> str:
    """A level as members read it."""
    return _("trust level %(level)d (%(name)s)") % {"level": level, "name": NAMES[level]}


def more_from(privilege: str, number: int) -> str:
    """Says from which level on there is more than that; empty when there is none."""
    level = level_with(privilege, number)
    if level is None:
        return ""
    more = getattr(privileges(level), privilege)
    return _("From %(level)s on it is %(number)d.") % {"level": named(level), "number": more}
