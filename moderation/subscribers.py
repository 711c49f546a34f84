"""What follows when something was hidden or shown again: its author is told, with the reason."""

from collections.abc import Sequence

from activity.registry import subscribe
from community.services import notifying
from moderation import notices
from moderation.events import Lifted, Restricted
from moderation.models import Restriction


@subscribe(Restricted, Lifted)
def tell_author(batch: Sequence[Restricted | Lifted]) -> None:
    """In one, so that the author hears it in the order in which it happened."""
    ids = [event.restriction_id for event in batch]
    found = Restriction.objects.select_related("idea", "comment__idea").in_bulk(ids)
    for event in batch:
        restriction = found[event.restriction_id]
        hidden, of_idea = isinstance(event, Restricted), restriction.idea_id is not None
        kind = notices.KINDS[hidden, of_idea]
        _tell(event, kind, restriction, restriction.reason if hidden else restriction.lift_reason)


def _tell(event: Restricted | Lifted, kind: str, restriction: Restriction, reason: str) -> None:
    comment = restriction.comment
    idea = comment.idea if comment else restriction.idea
    assert idea is not None
    notifying.notify(
        event_id=event.id,
        kind=kind,
        # A topic of its own: whoever wants no more mails about an idea still hears this.
        topic=f"restriction:{restriction.pk}",
        subject=idea.title,
        excerpt=reason,
        url=comment.get_absolute_url() if comment else idea.get_absolute_url(),
        actor_id=None,
        recipients=[event.author_id],
        occurred_at=event.when,
    )
