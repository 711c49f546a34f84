"""The ledger, written from the log."""

from django.db import transaction

from activity.events import Event
from activity.registry import Window
from community.services import add_to_standing
from reputation.services.booking import parts, turns
from reputation.services.booking.applying import apply

# Whatever turns a ground.
HEARD: tuple[type[Event], ...] = tuple(
    dict.fromkeys(
        [event for rule in turns.RULES for event in rule.events] + [*turns.HIDING, *parts.EVENTS]
    )
)


@transaction.atomic
def book(*, window: Window) -> None:
    """Write what a stretch of the log gives to members and takes from them. Again changes nothing.

    The order of events decides, never where a window ends.
    """
    add_to_standing(points={pk: more for pk, more in apply(window).items() if more})
