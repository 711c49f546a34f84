"""Cases out of what detectors found: opened once, grown while they run, left alone afterwards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Avg
from django.utils import timezone

from community.models import Member
from reputation.detecting.thresholds import VERSION
from reputation.models import Case, CaseStep, CaseVote, Step
from reputation.models.cases import RUNNING

# Of two sets of votes, this share of the smaller makes them about the same.
SAME = 0.5
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('reputation.filing'))"


class Vote(NamedTuple):
    voter_id: int
    author_id: int
    idea_id: int
    given_at: datetime

    @property
    def pair(self) -> tuple[int, int]:
        return self.voter_id, self.idea_id


@dataclass(frozen=True)
class Evidence:
    """What a detector found: its votes and the surprise, and up to when it had looked."""

    detector: str
    votes: Sequence[Vote]
    surprise: float
    found_at: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True)
class Filed:
    """What became of it."""

    case: Case | None = None
    opened: bool = False
    grown: bool = False


@transaction.atomic
def file(*, evidence: Evidence) -> Filed:
    """Open a case, or let one grow that has the same votes. Nothing, if somebody has looked at most
    of these votes already. Again changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
    known = _known(evidence.votes)
    cases = Case.objects.filter(pk__in=known).select_for_update(no_key=True).in_bulk()
    for number, pairs in sorted(known.items()):
        case = cases[number]
        size = min(case.vote_count, len(evidence.votes))
        if case.state in RUNNING and len(pairs) >= SAME * size:
            return _grow(case, evidence, pairs)
    seen = {pair for pairs in known.values() for pair in pairs}
    if len(seen) >= SAME * len(evidence.votes):
        return Filed()
    return _open(evidence)


def _known(votes: Iterable[Vote]) -> dict[int, set[tuple[int, int]]]:
    """Which of the votes are evidence already, by case."""
    wanted = {vote.pair for vote in votes}
    voters, ideas = {voter for voter, _idea in wanted}, {idea for _voter, idea in wanted}
    rows = CaseVote.objects.filter(voter__in=voters, idea_id__in=ideas)
    known: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for case_id, voter, idea in rows.values_list("case_id", "voter_id", "idea_id"):
        if (voter, idea) in wanted:
            known[case_id].add((voter, idea))
    return known


def _open(evidence: Evidence) -> Filed:
    pairs = sorted(vote.pair for vote in evidence.votes)
    voters = {voter for voter, _idea in pairs}
    case, opened = Case.objects.get_or_create(
        fingerprint=sha256(repr(pairs).encode()).hexdigest(),
        defaults={
            "detectors": [evidence.detector],
            "rules": VERSION,
            "score": score_of(evidence.surprise, voters),
            "vote_count": len(pairs),
            "member_count": len(voters),
            "opened_at": evidence.found_at,
        },
    )
    if opened:
        _add(case, evidence.votes)
        _note(case, Step.OPENED, evidence, len(pairs))
    return Filed(case, opened=opened)


def _grow(case: Case, evidence: Evidence, pairs: set[tuple[int, int]]) -> Filed:
    new = [vote for vote in evidence.votes if vote.pair not in pairs]
    _add(case, new)
    voters = set(case.votes.values_list("voter_id", flat=True))
    case.score = max(case.score, score_of(evidence.surprise, voters))
    case.detectors = list(dict.fromkeys([*case.detectors, evidence.detector]))
    if new:
        case.vote_count += len(new)
        case.member_count, case.grown_at = len(voters), evidence.found_at
        _note(case, Step.GROWN, evidence, len(new))
    case.save(update_fields=["score", "detectors", "vote_count", "member_count", "grown_at"])
    return Filed(case, grown=bool(new))


def _add(case: Case, votes: Iterable[Vote]) -> None:
    CaseVote.objects.bulk_create(
        (CaseVote(case=case, **vote._asdict()) for vote in votes), batch_size=1000
    )


def _note(case: Case, step: Step, evidence: Evidence, votes: int) -> None:
    detail = {"detector": evidence.detector, "votes": votes, "digits": round(evidence.surprise, 1)}
    CaseStep.objects.create(case=case, step=step, detail=detail, made_at=evidence.found_at)


def score_of(surprise: float, voters: Iterable[int]) -> float:
    """Up to half more where trust reaches nobody of them, up to half less where it reaches all."""
    ranks = Member.objects.filter(pk__in=voters).aggregate(trust=Avg("graph_trust"))
    trust = 0.5 if ranks["trust"] is None else float(ranks["trust"])
    return round(surprise * (1.5 - trust), 2)
