"""What reputation does when members did something."""

from collections.abc import Sequence

from activity.registry import subscribe
from community.events import AddressConfirmed
from ideas.events import (
    CommentPosted,
    IdeaOpened,
    SupportGiven,
    SupportsReinstated,
    SupportsVoided,
)
from reputation import services


@subscribe(SupportGiven, CommentPosted, IdeaOpened, AddressConfirmed)
def review_those_who_act(
    batch: Sequence[SupportGiven | CommentPosted | IdeaOpened | AddressConfirmed],
) -> None:
    """Whoever did something may have earned trust by it."""
    services.review(member_ids={event.actor_id for event in batch if event.actor_id})


@subscribe(SupportsVoided, SupportsReinstated)
def note_on_cases(batch: Sequence[SupportsVoided | SupportsReinstated]) -> None:
    """Cases about votes know what became of them. In turn: what was undone may be done again."""
    for event in batch:
        pairs = {(voter, idea) for idea, _author, voter in event.votes}
        note = (
            services.note_voided if isinstance(event, SupportsVoided) else services.note_reinstated
        )
        note(batch_id=event.batch_id, pairs=pairs)
