"""What follows when something was hidden or shown again: its author is told, with the reason."""

from collections.abc import Sequence

from activity.registry import subscribe
from community.services import notifying
from moderation import notices
from moderation.events import Lifted, Restricted
from moderation.models import Restriction


@subscribe(Restricted)
def tell_restricted(batch: Sequence[Restricted]) -> None:
    for event, restriction in _with_restrictions(batch):
        kind = notices.IDEA_HIDDEN if restriction.idea_id else notices.COMMENT_HIDDEN
        _tell(event, kind, restriction, restriction.reason)


@subscribe(Lifted)
def tell_lifted(batch: Sequence[Lifted]) -> None:
    for event, restriction in _with_restrictions(batch):
        kind = notices.IDEA_SHOWN if restriction.idea_id else notices.COMMENT_SHOWN
        _tell(event, kind, restriction, restriction.lift_reason)


def _with_restrictions[E: Restricted | Lifted](batch: Sequence[E]) -> list[tuple[E, Restriction]]:
    ids = [event.restriction_id for event in batch]
    found = Restriction.objects.select_related("idea", "comment__idea").in_bulk(ids)
    return [(event, found[event.restriction_id]) for event in batch]


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
