"""What the composer hands over, and the row that keeps it."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.errors import Refused
from community.models import Member
from ideas.models import Idea, PendingDecision
from ideas.services.steps import Grounds

FURTHEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A decision as it was written.

    `answers` are ids of questions and concerns that it settles, `uses` those of comments that went
    into it (a concern in both changed it). `publish_at` empty is now. `seen` is the last decision
    that its author saw, 0 for none; None where nobody asked.
    """

    to: str
    grounds: Grounds
    seen: int | None = None
    answers: Collection[int] = ()
    uses: Collection[int] = ()
    publish_at: datetime | None = None


def locked_idea(pk: int) -> Idea:
    rows = Idea.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("board__team", "tally").get(pk=pk)


def locked(pending: PendingDecision) -> PendingDecision:
    """The waiting decision as it is now, its idea locked before it."""
    idea = locked_idea(pending.idea_id)
    rows = PendingDecision.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("proposed_by").get(pk=pending.pk)
    found.idea = idea
    return found


def row(idea: Idea, by: Member, composed: Composed) -> PendingDecision:
    """An unsaved row that says the same."""
    return PendingDecision(
        idea=idea,
        proposed_by=by,
        to_status=composed.to,
        seen=composed.seen or 0,
        answers=sorted(set(composed.answers)),
        uses=sorted(set(composed.uses)),
        publish_at=composed.publish_at,
        **asdict(composed.grounds),
    )


def grounds_of(pending: PendingDecision) -> Grounds:
    return Grounds(**{f.name: getattr(pending, f.name) for f in fields(Grounds)})


def keep(pending: PendingDecision) -> PendingDecision:
    """Save a new row that waits; Refused when another waits there already."""
    try:
        with transaction.atomic():
            pending.save(force_insert=True)
    except IntegrityError as error:
        if "one_waiting_decision" not in str(error):
            raise
        raise already_waiting() from error
    return pending


def already_waiting() -> Refused:
    return Refused(
        _(
            "A colleague's decision waits on this idea already. Approve it, return it or cancel "
            "it first."
        ),
        code="already_waiting",
    )


def refuse_odd_day(publish_at: datetime) -> None:
    """A decision is scheduled for the future, and for a day that its author can oversee."""
    now = timezone.now()
    if publish_at <= now:
        raise Refused(_("This moment has passed. Choose a later one."), code="publish_at_past")
    if publish_at > now + FURTHEST:
        raise Refused(_("A decision waits for a year at the most."), code="publish_at_far")
