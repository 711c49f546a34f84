"""What follows when terms, privacy policy or house rules were published: every member is told."""

from collections.abc import Sequence

from activity.registry import subscribe
from community.events import PolicyPublished, PolicyTold
from community.services import announcing


@subscribe(PolicyPublished, PolicyTold)
def tell_of_policies(batch: Sequence[PolicyPublished | PolicyTold]) -> None:
    """The first members after the publication, and the next after each lot."""
    for event in batch:
        announcing.tell_of_policy(
            version_id=event.version_id,
            after=event.up_to if isinstance(event, PolicyTold) else 0,
            event_id=event.id,
            occurred_at=event.when,
        )
