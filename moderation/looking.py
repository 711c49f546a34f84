"""A case as a moderator looks at it: what it said, says now, who reported it, what was before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from community.diffs import diff
from community.models import Member
from moderation.grounds import Action
from moderation.models import Case, Clause, Complaint, Decision, Flag
from moderation.things import Said, say
from moderation.weighing import weightiest

# Of what was before, as many as a page can show.
MOST = 20


@dataclass(frozen=True)
class Look:
    """All that the page of a case shows, by a number of queries that does not grow with it."""

    case: Case
    now: Said
    flags: Sequence[Flag]
    decisions: Sequence[Decision]
    record: Sequence[Decision]
    open_cases: Sequence[Case]
    complaints: Sequence[Complaint]
    # The one that weighs most in the reports, as it holds now.
    clause: Clause | None

    @property
    def has_changed(self) -> bool:
        return (self.now.title, self.now.text) != (self.case.title, self.case.text)

    @property
    def changes(self) -> SafeString:
        """What it says now, with what went and what came since it was reported."""
        return diff(
            f"{self.case.title}\n\n{self.case.text}", f"{self.now.title}\n\n{self.now.text}"
        )

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How often what was decided about its author before."""
        found = Counter(decision.action for decision in self.record)
        return [(str(label), found[value]) for value, label in Action.choices if found[value]]


def look(case: Case) -> Look:
    """Read a case; its thing must be at hand (`with_thing`)."""
    author: Member = case.author
    record = Decision.objects.final().filter(case__author=author).exclude(case=case)
    others = Case.objects.running().filter(author=author).exclude(pk=case.pk)
    decisions = case.decisions.select_related("by", "clause", "restriction").order_by("pk")
    complaints = Complaint.objects.for_list().filter(statement__decision__case=case)
    flags = list(case.flags.select_related("member", "clause").order_by("pk")[:100])
    return Look(
        case=case,
        now=say(case.thing),
        flags=flags,
        decisions=list(decisions),
        record=list(record.select_related("case", "clause").order_by("-decided_at")[:MOST]),
        open_cases=list(others.order_by("due_at")[:MOST]),
        complaints=list(complaints.order_by("pk")),
        clause=_weightiest_clause(flags),
    )


def _weightiest_clause(flags: Sequence[Flag]) -> Clause | None:
    key = weightiest((flag.clause.key, flag.weight) for flag in flags if not flag.withdrawn_at)
    return Clause.objects.in_force().filter(key=key).first() if key else None
