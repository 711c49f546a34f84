"""Cases: the one of a thing, found or opened. Locks go thing, case, restriction, chain."""

from datetime import timedelta

from django.utils import timezone

from community.models import Member
from moderation.grounds import Source
from moderation.models import Case, CaseState
from moderation.things import Thing, kind_of, locked, say

# By the gravity of what is reported, from mild to grave.
HOURS = {1: 96, 2: 72, 3: 48, 4: 24, 5: 12}


def case_of(*, thing: Thing, source: Source, severity: int) -> Case:
    """The running case of a locked thing, locked too. One that is opened keeps what it says now."""
    due = timezone.now() + timedelta(hours=HOURS[severity])
    kind = kind_of(thing)
    case = Case.objects.running().of(thing, kind).select_for_update(of=("self",)).first()
    if case is None:
        said = say(thing)
        return Case.objects.create(
            **{kind: thing},
            kind=kind,
            author_id=said.author_id,
            source=source,
            title=said.title[:200],
            text=said.text,
            language=said.language,
            version=said.version,
            written_at=said.written_at,
            due_at=due,
        )
    if due < case.due_at:
        case.due_at = due
        case.save(update_fields=["due_at"])
    return case


def locked_case(case: Case) -> tuple[Case, Thing]:
    """A case and what it is about, both as they stand now and until the transaction ends."""
    thing = locked(Case.objects.with_thing().get(pk=case.pk).thing)
    rows = Case.objects.select_for_update(of=("self",)).select_related("claimed_by", "author")
    held = rows.get(pk=case.pk)
    setattr(held, held.kind, thing)
    return held, thing


def hand(case: Case, by: Member | None) -> None:
    """Put a locked case into somebody's hands, or into nobody's."""
    case.claimed_by, case.state = by, (CaseState.CLAIMED if by else CaseState.OPEN)
    case.save(update_fields=["claimed_by", "state"])
