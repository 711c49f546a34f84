"""Points taken back by hand. It is told to the log, and booked like all the rest."""

from itertools import batched

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record_all
from community.errors import Refused
from community.models import Member
from reputation.events import PointsRestored, PointsReversed
from reputation.kinds import Cause
from reputation.models import Entry, Ground, Reversal

# So many grounds are one event.
AT_ONCE = 500


def reversible(*, whose: int | None = None, batch: int | None = None) -> QuerySet[Ground]:
    """What holds through the deeds of a member, or since a batch."""
    rows = Ground.objects.filter(holds=True).exclude(points=0).order_by("pk")
    if batch is not None:
        return rows.filter(pk__in=Entry.objects.filter(batch=batch).values("ground"))
    return rows.none() if whose is None else rows.filter(actor_id=whose)


@transaction.atomic
def reverse(
    *, by: Member | None, reason: str, whose: int | None = None, batch: int | None = None
) -> Reversal | None:
    """Take back what holds through somebody's deeds, or since a batch; None where nothing does.

    Raises Refused without a reason, or without either of the two.
    """
    if not reason.strip():
        raise Refused(_("Say why."), code="missing_reason")
    if (whose or batch) is None:
        raise Refused(_("Say whose deeds, or which batch."), code="missing_deeds")
    grounds = list(reversible(whose=whose, batch=batch).select_for_update(no_key=True))
    if not grounds:
        return None
    made = Reversal.objects.create(
        whose_id=whose, batch=batch, grounds=len(grounds), reason=reason.strip(), made_by=by
    )
    _tell(PointsReversed, made, grounds, by)
    return made


@transaction.atomic
def restore(*, reversal: Reversal, by: Member | None, reason: str) -> Reversal:
    """Give back what a reversal took; harmless when that was done. Raises Refused."""
    if not reason.strip():
        raise Refused(_("Say why."), code="missing_reason")
    held = Reversal.objects.select_for_update().get(pk=reversal.pk)
    if held.undone_at:
        return held
    taken = Entry.objects.filter(batch=held.pk, cause=Cause.REVERSED).values("ground")
    grounds = list(Ground.objects.filter(pk__in=taken).order_by("pk"))
    if len(grounds) < held.grounds:
        raise Refused(_("It is not booked yet. Try again in a moment."), code="not_booked")
    held.undone_at, held.undo_reason = timezone.now(), reason.strip()
    held.save(update_fields=["undone_at", "undo_reason"])
    _tell(PointsRestored, held, grounds, by)
    return held


def _tell(
    kind: type[PointsReversed] | type[PointsRestored],
    reversal: Reversal,
    grounds: list[Ground],
    by: Member | None,
) -> None:
    lines: list[list[str | int]] = [
        [one.kind, one.thing, one.thing_id, one.actor_id, one.member_id] for one in grounds
    ]
    facts = [
        kind(batch_id=reversal.pk, grounds=list(some))
        for some in batched(lines, AT_ONCE, strict=False)
    ]
    record_all(facts, actor=by)
