"""What follows from friendships, and from asking for one's data or for the end: they are told."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity.registry import subscribe
from community import circle
from community.events import AccountClosed, ExportMade, FriendshipMade, FriendshipRequested
from community.models import Departure, Export, Friendship, Member
from community.models.friendship import Bond
from community.notices import friends as notices
from community.services import letters, notifying


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


@subscribe(ExportMade)
def tell_of_exports(batch: Sequence[ExportMade]) -> None:
    """The member can fetch it now."""
    made = Export.objects.in_bulk([event.export_id for event in batch])
    for event in batch:
        export = made.get(event.export_id)
        if export is None or export.expires_at is None:
            continue
        notifying.notify(
            event_id=event.id,
            kind=notices.EXPORTED,
            topic=f"export:{event.export_id}",
            subject="",
            excerpt=_until(export),
            url=reverse("community:your_data"),
            actor_id=None,
            recipients=[event.member_id],
            occurred_at=event.when,
        )


def _until(export: Export) -> str:
    member = export.member
    with translation.override(member.language), timezone.override(member.time_zone):
        day = date_format(timezone.localtime(export.expires_at), "DATE_FORMAT")
        return _("You can download it until %(day)s.") % {"day": day}


@subscribe(AccountClosed)
def confirm_closing(batch: Sequence[AccountClosed]) -> None:
    """One e-mail, so that nobody's account is closed behind their back."""
    ids = [event.departure_id for event in batch]
    closed = Departure.objects.filter(pk__in=ids, begun_at=None).select_related("member")
    for departure in closed.order_by("pk"):
        letters.of_closing(departure).send()
