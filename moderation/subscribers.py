"""What follows when something was hidden or shown again: its author is told, with the reason."""

from collections.abc import Sequence

from django.urls import reverse

from activity.registry import subscribe
from community.services import notifying
from moderation import notices
from moderation.events import Lifted, Restricted, Sanctioned, SanctionLifted
from moderation.models import Restriction, Sanction, title_of


@subscribe(Restricted, Lifted)
def tell_author(batch: Sequence[Restricted | Lifted]) -> None:
    """In one, so that the author hears it in the order in which it happened."""
    ids = [event.restriction_id for event in batch]
    found = Restriction.objects.for_list().in_bulk(ids)
    for event in batch:
        restriction = found[event.restriction_id]
        hidden = isinstance(event, Restricted)
        kind = notices.kind_of(hidden=hidden, thing=restriction.kind)
        _tell(event, kind, restriction, restriction.reason if hidden else restriction.lift_reason)


def _tell(event: Restricted | Lifted, kind: str, restriction: Restriction, reason: str) -> None:
    thing = restriction.thing
    notifying.notify(
        event_id=event.id,
        kind=kind,
        # A topic of its own: whoever wants no more mails about an idea still hears this.
        topic=f"restriction:{restriction.pk}",
        subject=title_of(thing),
        excerpt=reason,
        url=thing.get_absolute_url(),
        actor_id=None,
        recipients=[event.author_id],
        occurred_at=event.when,
    )


@subscribe(Sanctioned, SanctionLifted)
def tell_sanctioned(batch: Sequence[Sanctioned | SanctionLifted]) -> None:
    """In one, so that the member hears it in the order in which it happened."""
    found = Sanction.objects.in_bulk([event.sanction_id for event in batch])
    for event in batch:
        sanction = found[event.sanction_id]
        imposed = isinstance(event, Sanctioned)
        notifying.notify(
            event_id=event.id,
            kind=notices.kind_of_sanction(imposed=imposed, sanction=event.sanction),
            topic=f"sanction:{sanction.pk}",
            subject="",
            excerpt=sanction.reason if imposed else sanction.lift_reason,
            url=reverse("moderation:sanctions"),
            actor_id=None,
            recipients=[event.member_id],
            occurred_at=event.when,
        )
