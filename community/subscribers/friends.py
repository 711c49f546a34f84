"""What follows from friendships: those concerned are told."""

from collections.abc import Sequence

from django.urls import reverse

from activity.registry import subscribe
from community import circle
from community.events import FriendshipMade, FriendshipRequested
from community.models import Friendship, Member
from community.models.friendship import Bond
from community.notices import friends as notices
from community.services import notifying


@subscribe(FriendshipRequested)
def tell_asked(batch: Sequence[FriendshipRequested]) -> None:
    """Who is asked hears of it, unless it was withdrawn or answered meanwhile."""
    members = Member.objects.in_bulk({m for e in batch for m in (e.asker_id, e.asked_id)})
    for event in batch:
        asker, asked = members.get(event.asker_id), members.get(event.asked_id)
        if asker is None or asked is None:
            continue
        row = Friendship.objects.between(asker, asked).first()
        if circle.are_waiting(row, by=asker) and row is not None and row.state == Bond.PENDING:
            page = reverse("community:requests")
            _tell(event, notices.FRIEND_ASKED, asker, to=asked.pk, url=page)


@subscribe(FriendshipMade)
def tell_accepted(batch: Sequence[FriendshipMade]) -> None:
    """Who had asked hears that it was accepted."""
    members = Member.objects.in_bulk([event.accepted_by for event in batch])
    for event in batch:
        if friend := members.get(event.accepted_by):
            page = friend.get_absolute_url()
            _tell(event, notices.FRIEND_ACCEPTED, friend, to=event.asker_id, url=page)


def _tell(
    event: FriendshipRequested | FriendshipMade, kind: str, actor: Member, *, to: int, url: str
) -> None:
    notifying.notify(
        event_id=event.id,
        kind=kind,
        topic=notices.topic_of(actor.pk),
        subject=actor.display_name,
        excerpt="",
        url=url,
        actor_id=actor.pk,
        recipients=[to],
        occurred_at=event.when,
    )
