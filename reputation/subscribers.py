"""What reputation does when members did something."""

from collections.abc import Sequence

from activity.registry import Window, subscribe, subscribe_in_bulk
from community.events import AddressConfirmed
from ideas.events import CommentPosted, IdeaOpened, SupportGiven
from reputation import services
from reputation.services.booking import HEARD


@subscribe(SupportGiven, CommentPosted, IdeaOpened, AddressConfirmed)
def review_those_who_act(
    batch: Sequence[SupportGiven | CommentPosted | IdeaOpened | AddressConfirmed],
) -> None:
    """Whoever did something may have earned trust by it."""
    services.review(member_ids={event.actor_id for event in batch if event.actor_id})


@subscribe_in_bulk(*HEARD)
def keep_the_ledger(window: Window) -> None:
    """Points are written, and reversed, for what happened."""
    services.book(window=window)
