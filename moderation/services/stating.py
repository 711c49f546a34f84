"""Writing a decision with its statements of reasons. Part of a deed, never one alone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community import text
from community.errors import Refused
from community.models import Member
from moderation.grounds import (
    EEA,
    RESTRICTIVE,
    TOLD,
    VISIBILITY_OF,
    Action,
    Automation,
    Ground,
)
from moderation.models import Case, Category, Clause, Decision, Statement
from moderation.things import Thing, authors_of

LONGEST_WORDS, LONGEST_EXPLANATION = 500, 2000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What somebody makes of a case. `legal_ground` names a law, if it breaks one; `spam` costs
    the author points as long as it stands."""

    action: str
    facts: str
    clause: Clause | None = None
    explanation: str = ""
    legal_ground: str = ""
    spam: bool = False

    def check(self) -> None:
        """Raise Refused unless it says what it must."""
        if self.action not in Action:
            raise Refused(_("There is no such decision."), code="unknown_action")
        if not self.facts.strip():
            raise Refused(_("Say what you found, and where."), code="no_facts")
        # A site that has not published house rules yet decides without a clause.
        needs = self.action != Action.NO_ACTION and not self.legal_ground and self.clause is None
        if needs and Clause.objects.in_force().exists():
            raise Refused(_("Name the clause that it breaks."), code="no_clause")


def write(
    *, case: Case, by: Member | None, finding: Finding, ends_at: datetime | None = None
) -> Decision:
    """The decision itself, in the words of the day."""
    is_told = finding.action in TOLD
    return Decision.objects.create(
        case=case,
        action=finding.action,
        clause=finding.clause,
        by=by,
        ends_at=ends_at,
        visibility=VISIBILITY_OF[Action(finding.action)] if finding.action in RESTRICTIVE else "",
        ground=_ground(finding) if is_told else "",
        legal_ground=finding.legal_ground if is_told else "",
        clause_words=_words(finding.clause, case.author.language) if is_told else "",
        explanation=text.cut(finding.explanation or finding.facts, LONGEST_EXPLANATION),
        facts=finding.facts,
        category=finding.clause.category if finding.clause else Category.OTHER_VIOLATION_TC,
        content_date=case.written_at.date(),
        application_date=timezone.now().date(),
        source=case.source,
        automated_decision=Automation.NOT if by else Automation.FULLY,
        territorial_scope=list(EEA),
    )


def tell(*, decision: Decision, thing: Thing) -> list[Statement]:
    """A statement for each whose text it is."""
    return Statement.objects.bulk_create(
        Statement(decision=decision, member_id=member) for member in sorted(authors_of(thing))
    )


def _ground(finding: Finding) -> Ground:
    return Ground.ILLEGAL if finding.legal_ground else Ground.INCOMPATIBLE


def _words(clause: Clause | None, language: str) -> str:
    """The clause as its author reads it, cut to what the database takes."""
    with translation.override(language):
        if clause is None:
            return _("House rules")
        return text.cut(f"{clause.title}: {text.one_line(clause.text)}", LONGEST_WORDS)
