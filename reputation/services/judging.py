"""What people do with a case, and what voiding does to it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.errors import Refused
from community.models import Member
from reputation import policies
from reputation.models import Case, CaseState, CaseStep, CaseVote, Step

# When this share of a case's votes is void, it was acted upon.
ACTED = 0.5


@transaction.atomic
def claim(*, case: Case, by: Member) -> Case:
    """Take a case into one's hands, so that two do not look into it."""
    locked = _locked(case)
    policies.can_claim_case(by, locked).enforce()
    locked.claimed_by = by
    return _move(locked, CaseState.CLAIMED, by, Step.CLAIMED)


@transaction.atomic
def release(*, case: Case, by: Member) -> Case:
    """Give it back."""
    locked = _locked(case)
    policies.can_release_case(by, locked).enforce()
    return _move(locked, CaseState.OPEN, by, Step.RELEASED)


@transaction.atomic
def dismiss(*, case: Case, by: Member, reason: str) -> Case:
    """Call it a false alarm. The same votes open no case again."""
    locked = _locked(case)
    policies.can_dismiss_case(by, locked).enforce()
    if not reason.strip():
        raise Refused(_("Say why it is none."), code="no_reason")
    return _move(locked, CaseState.DISMISSED, by, Step.DISMISSED, reason=reason.strip())


@transaction.atomic
def note_voided(*, batch_id: int, pairs: Collection[tuple[int, int]]) -> None:
    """Votes (voter and idea) that a voiding made void: cases are done when half of theirs are."""
    for case, rows in _in_question(pairs):
        CaseVote.objects.filter(pk__in=rows).update(batch_id=batch_id)
        void = case.votes.filter(batch_id__isnull=False).count()
        if case.state != CaseState.ACTED and void >= ACTED * case.vote_count:
            _move(case, CaseState.ACTED, None, Step.ACTED, detail={"batch": batch_id})


@transaction.atomic
def note_reinstated(*, batch_id: int, pairs: Collection[tuple[int, int]]) -> None:
    """A voiding was undone: whoever looks into votes has to look again."""
    for case, rows in _in_question(pairs):
        CaseVote.objects.filter(pk__in=rows, batch_id=batch_id).update(batch_id=None)
        void = case.votes.filter(batch_id__isnull=False).count()
        if case.state == CaseState.ACTED and void < ACTED * case.vote_count:
            _move(case, CaseState.OPEN, None, Step.REOPENED, detail={"batch": batch_id})


def _in_question(pairs: Collection[tuple[int, int]]) -> Iterable[tuple[Case, list[int]]]:
    """The cases that some of the votes are evidence in, with the numbers of those rows."""
    voters, ideas = {voter for voter, _idea in pairs}, {idea for _voter, idea in pairs}
    found = CaseVote.objects.filter(voter__in=voters, idea_id__in=ideas)
    rows = found.values_list("case_id", "pk", "voter_id", "idea_id")
    mine: dict[int, list[int]] = {}
    for case_id, pk, voter, idea in rows:
        if (voter, idea) in pairs:
            mine.setdefault(case_id, []).append(pk)
    cases = Case.objects.filter(pk__in=mine).select_for_update(no_key=True).order_by("pk")
    return [(case, mine[case.pk]) for case in cases]


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=["self"], no_key=True).get(pk=case.pk)


def _move(case: Case, state: CaseState, by: Member | None, step: Step, **said: Any) -> Case:
    case.state = state
    if state == CaseState.OPEN:
        case.claimed_by = None
    case.save(update_fields=["state", "claimed_by"])
    CaseStep.objects.create(case=case, step=step, by=by, **said)
    return case
