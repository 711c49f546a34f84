"""What follows when members ask for their data, or for the end of their account."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity.registry import subscribe
from community import notices
from community.events import AccountClosed, ExportMade
from community.models import Departure, Export
from community.services import letters, notifying


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
