"""What follows a deed of moderation: whom it concerns is told, with the reason and what they can do
about it. Who the moderator was, and who reported, stays inside."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from activity.events import Event
from activity.registry import subscribe
from community.services import notifying
from moderation import notices
from moderation.events import (
    CaseDecided,
    ComplaintDecided,
    Lifted,
    Restricted,
    Sanctioned,
    SanctionLifted,
)
from moderation.grounds import Action
from moderation.models import Complaint, Decision, Restriction, Sanction, Statement, title_of

TOLD = {Action.EDIT_REQUEST.value: notices.ASKED, Action.WARN.value: notices.WARNED}


@subscribe(Restricted, Lifted)
def tell_author(batch: Sequence[Restricted | Lifted]) -> None:
    """In one, so that authors hear it in the order in which it happened."""
    ids = [event.restriction_id for event in batch]
    found = Restriction.objects.for_list().in_bulk(ids)
    decisions = [restriction.decision_id for restriction in found.values()]
    statements = _by_decision(Statement.objects.filter(decision__in=decisions))
    for event in batch:
        restriction = found[event.restriction_id]
        hidden = isinstance(event, Restricted)
        kind = notices.kind_of(hidden=hidden, thing=restriction.kind)
        reason = restriction.reason if hidden else restriction.lift_reason
        for told in statements.get(restriction.decision_id or 0, ()):
            _tell(event, kind, told, title_of(restriction.thing), reason)


@subscribe(CaseDecided)
def tell_warned(batch: Sequence[CaseDecided]) -> None:
    """Whoever is warned, or asked to change something: nothing of theirs was taken away."""
    about = [event for event in batch if event.action in TOLD]
    found = Decision.objects.with_case().in_bulk([event.decision_id for event in about])
    statements = _by_decision(Statement.objects.filter(decision__in=found))
    for event in about:
        decision = found[event.decision_id]
        for told in statements.get(decision.pk, ()):
            _tell(event, TOLD[event.action], told, decision.case.title, decision.facts)


@subscribe(CaseDecided)
def tell_reporters(batch: Sequence[CaseDecided]) -> None:
    """What became of a report."""
    found = Decision.objects.with_case().in_bulk([event.decision_id for event in batch])
    for event in batch:
        case = found[event.decision_id].case
        for kind, members in ((notices.RIGHT, event.upheld), (notices.LEFT, event.rejected)):
            _notify(event, kind, f"case:{case.pk}", case.title, "", _reports(), members)


@subscribe(ComplaintDecided)
def tell_complainant(batch: Sequence[ComplaintDecided]) -> None:
    """What another moderator makes of a complaint."""
    found = Complaint.objects.for_list().in_bulk([event.complaint_id for event in batch])
    for event in batch:
        complaint = found[event.complaint_id]
        kind = notices.COMPLAINT_RIGHT if event.upheld else notices.COMPLAINT_REJECTED
        told = complaint.statement
        _tell(event, kind, told, told.decision.case.title, complaint.answer)


def _by_decision(statements: Iterable[Statement]) -> dict[int, list[Statement]]:
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.decision_id, []).append(statement)
    return found


def _reports() -> str:
    return reverse("moderation:reports")


def _tell(event: Event, kind: str, told: Statement, subject: str, reason: str) -> None:
    """A topic of its own: whoever wants no more mails about an idea still hears this."""
    topic, url = f"decision:{told.decision_id}", told.get_absolute_url()
    _notify(event, kind, topic, subject, reason, url, [told.member_id])


def _notify(  # one line of `notify`, told from several places
    event: Event, kind: str, topic: str, subject: str, reason: str, url: str, members: list[int]
) -> None:
    notifying.notify(
        event_id=event.id,
        kind=kind,
        topic=topic,
        subject=subject,
        excerpt=reason,
        url=url,
        actor_id=None,
        recipients=members,
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
