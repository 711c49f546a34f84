"""Ideas that come from elsewhere: authors, supports, tags and answers included.

What happened elsewhere is history: nobody is told of it, and it earns nobody anything here. So the
log says nothing of it but where the ideas stand: what they earn from now on counts there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import DataError, Error, IntegrityError, InternalError, connection, transaction

from community.models import Member
from community.services import placeholders
from ideas.importing.entries import Entry
from ideas.models import Board, Idea
from ideas.services import sorting
from ideas.services.importing.adding import add_supports, add_tags
from ideas.services.importing.creating import create
from ideas.services.importing.past import Past
from ideas.services.importing.updating import update


class Result(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of a line, and why it was refused."""

    number: int
    result: Result
    reason: str = ""


@transaction.atomic
def import_batch(*, board: Board, entries: Sequence[Entry], language: str) -> list[Outcome]:
    """Write some ideas into a board; `language` is theirs where they name none.

    One that the database refuses is left out, the others stand. Known ones are compared: what the
    file says anew is written, what was changed or decided here since stays. The keys of the
    entries differ.
    """
    people = placeholders.find_or_make(names=_names(entries))
    return _write(board, entries, people, language)


def _names(entries: Iterable[Entry]) -> set[str]:
    return {name for entry in entries for name in (entry.author, *entry.supporters)}


def _write(
    board: Board, entries: Sequence[Entry], people: Mapping[str, Member], language: str
) -> list[Outcome]:
    """All at once, which is quick; one by one only if that fails."""
    try:
        return _write_all(board, entries, people, language)
    except (IntegrityError, DataError, InternalError) as error:
        if len(entries) == 1:
            return [Outcome(entries[0].number, Result.REFUSED, _reason(error))]
    return [outcome for entry in entries for outcome in _write(board, [entry], people, language)]


@transaction.atomic
def _write_all(
    board: Board, entries: Sequence[Entry], people: Mapping[str, Member], language: str
) -> list[Outcome]:
    known = _known(board, entries)
    fresh = [entry for entry in entries if entry.key not in known]
    past = Past.of(known.values())
    pairs = [(known[entry.key], entry) for entry in entries if entry.key in known]
    changed = {idea.pk for idea, entry in pairs if update(idea, entry, past)}
    pairs += create(board, fresh, people, language)
    changed |= add_tags(pairs, past)
    moved = [idea for idea, e in pairs if e.key not in known or idea.pk in changed]
    sorting.note_places(ideas=moved, by=None)
    changed |= add_supports(pairs, past, people)
    _check_constraints()
    return [Outcome(e.number, _result(idea, e, known, changed)) for idea, e in pairs]


def _known(board: Board, entries: Sequence[Entry]) -> dict[str, Idea]:
    rows = Idea.objects.filter(board=board, external_id__in=[entry.key for entry in entries])
    locked = rows.select_for_update(of=("self",)).select_related("board").order_by("pk")
    return {idea.external_id: idea for idea in locked}


def _result(idea: Idea, entry: Entry, known: Mapping[str, Idea], changed: set[int]) -> Result:
    if entry.key not in known:
        return Result.CREATED
    return Result.UPDATED if idea.pk in changed else Result.UNCHANGED


def _check_constraints() -> None:
    """What is checked at commit, checked now, while it can still be told which line is at fault."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _reason(error: Error) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "message_primary", None) or error)
