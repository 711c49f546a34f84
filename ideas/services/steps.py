"""The only writer of Idea.status: every step is a Decision."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from activity.services import record_all
from community import markdown
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.events import DecisionMade
from ideas.models import Decision, Idea
from ideas.models.decision import Origin
from ideas.models.review import DeedKind
from ideas.services import deeds
from ideas.status import ANSWERS, WAITS_FOR_ANSWER, Role, Status, Step, find

# The columns that a step may move beside the status.
CLOCK = ("threshold_reached_at", "answer_due_at", "answered_at")

REOPENED = gettext_noop(
    "%(count)d members have supported this idea since we declined it, so we look at it again."
)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What a decision says: the fields that a step may need."""

    statement: str = ""
    reason: str = ""
    change_our_mind: str = ""
    rough_when: str = ""
    cost_band: str = ""
    revisit_on: date | None = None

    def missing(self, step: Step) -> list[str]:
        """The fields that the step needs and that say nothing, in their order."""
        empty = {f.name for f in fields(self) if not str(getattr(self, f.name) or "").strip()}
        return [f.name for f in fields(self) if f.name in step.needs & empty]


@transaction.atomic
def decide(
    *, idea: Idea, to: str, by: Member, grounds: Grounds, seen: int | None = None
) -> Decision:
    """Take an idea one step on, in the open.

    `seen` is the id of the last decision the person saw: when another came between, it is Refused
    as `stale`, so that nobody decides past a colleague.
    """
    idea = _locked(idea)
    # First, because after a colleague's step this one may not even exist any more.
    refuse_if_stale(idea, seen)
    policies.can_step(by, idea, to).enforce()
    step = find(idea.status, to)
    assert step is not None
    if missing := grounds.missing(step):
        raise Refused(_("Some of what this step needs is missing."), code=f"missing_{missing[0]}")
    speaks_for_team = policies.answers_for(by, idea.board)
    return _write(
        idea,
        step.target,
        grounds,
        Decision(member=by, team=idea.board.team if speaks_for_team else None),
    )


def decide_many(*, ideas: Sequence[Idea], to: str, by: Member, grounds: Grounds) -> list[Decision]:
    """The same step with the same words for many ideas.

    The caller has locked them with their boards, and asked `policies.can_step` for each.
    """
    decisions = [
        Decision(
            idea=idea,
            member=by,
            team=idea.board.team if policies.answers_for(by, idea.board) else None,
        )
        for idea in ideas
    ]
    return _write_all(decisions, to, grounds) if decisions else []


def _locked(idea: Idea) -> Idea:
    rows = Idea.objects.select_for_update(of=("self",), no_key=True).select_related(
        "board__team", "tally"
    )
    return rows.get(pk=idea.pk)


def last_decision(idea: Idea) -> int:
    """The id of the newest decision; 0 before the first."""
    return idea.decisions.order_by("-id").values_list("pk", flat=True).first() or 0


def refuse_if_stale(idea: Idea, seen: int | None) -> None:
    """Raise Refused when the last decision is not the one that somebody saw."""
    if seen is not None and seen != last_decision(idea):
        raise Refused(
            _("A colleague took a step while you were writing. Read it, then decide."), code="stale"
        )


@transaction.atomic
def reopen(*, idea: Idea, support_since: int) -> Decision | None:
    """The board's rule: a declined idea with enough support since then is reviewed again."""
    idea = _locked(idea)
    step = find(idea.status, Status.UNDER_REVIEW)
    if idea.status != Status.DECLINED or step is None or Role.CLOCKWORK not in step.roles:
        return None
    with override(idea.language):
        statement = _(REOPENED) % {"count": support_since}
    decision = Decision(team=idea.board.team, origin=Origin.CLOCKWORK)
    return _write(idea, step.target, Grounds(statement=statement), decision)


def _write(idea: Idea, target: str, grounds: Grounds, decision: Decision) -> Decision:
    """One idea's step: see `_write_all`."""
    decision.idea = idea
    return _write_all([decision], target, grounds)[0]


def _write_all(decisions: list[Decision], target: str, grounds: Grounds) -> list[Decision]:
    """Status, clock, decision, event and the team's history: one deed, in a few statements.

    Each decision knows who decides, for whom, and the idea, which is locked.
    """
    said = asdict(grounds) | {"statement_html": markdown.render(grounds.statement)}
    for decision in decisions:
        decision.from_status, decision.to_status = decision.idea.status, target
        for name, value in said.items():
            setattr(decision, name, value)
    Decision.objects.bulk_create(decisions)
    _move([decision.idea for decision in decisions], target, timezone.now())
    record_all([_fact(decision) for decision in decisions], actor=decisions[0].member)
    _keep_deeds(decisions)
    return decisions


def _fact(decision: Decision) -> DecisionMade:
    return DecisionMade(
        idea_id=decision.idea_id,
        decision_id=decision.pk,
        author_id=decision.idea.author_id,
        source=decision.from_status,
        target=decision.to_status,
    )


def _keep_deeds(decisions: list[Decision]) -> None:
    """The team's own history has its decisions, too."""
    by_team = [
        decision.idea_id for decision in decisions if decision.team_id and decision.member_id
    ]
    deeds.write_all(
        ideas=by_team, member=decisions[0].member, kind=DeedKind.DECIDED, to=decisions[0].to_status
    )


def _move(ideas: list[Idea], target: str, now: datetime) -> None:
    """Set status and clock. Ideas that change alike are written by one statement."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for idea in ideas:
        source, before = idea.status, [getattr(idea, name) for name in CLOCK]
        idea.status = target
        _set_clock(idea, source, now)
        changed = ((name, getattr(idea, name)) for name in CLOCK)
        moved = tuple(pair for pair, old in zip(changed, before, strict=True) if pair[1] != old)
        alike.setdefault(moved, []).append(idea.pk)
    for moved, ids in alike.items():
        Idea.objects.filter(pk__in=ids).update(status=target, **dict(moved))


def _set_clock(idea: Idea, source: str, now: datetime) -> None:
    """An answer stops the clock; going back behind an answer starts it anew."""
    if idea.status in ANSWERS and idea.answered_at is None:
        idea.answered_at = now
    if idea.status in WAITS_FOR_ANSWER and source in ANSWERS:
        idea.answered_at = None
        if idea.answer_due_at or idea.tally.supports >= idea.board.answer_threshold:
            start_clock(idea, now)


def start_clock(idea: Idea, moment: datetime) -> None:
    """The board's promise runs from here. The caller saves."""
    idea.threshold_reached_at = moment
    idea.answer_due_at = moment + timedelta(days=idea.board.answer_days)


@transaction.atomic
def earn_answer(*, idea: Idea) -> bool:
    """Start the clock of an idea that has the support; False when it runs or ran already.

    It runs from the supporter who made the number full, or from the last step if that was later.
    """
    idea = _locked(idea)
    if idea.answer_due_at or idea.status not in WAITS_FOR_ANSWER:
        return False
    moment = _crossing(idea)
    if moment is None:
        return False
    start_clock(idea, moment)
    idea.save(update_fields=["threshold_reached_at", "answer_due_at"])
    return True


def _crossing(idea: Idea) -> datetime | None:
    """When the promise began to run; None while there are too few supporters."""
    counted = idea.supports.counted().order_by("counted_at", "id")
    last = idea.board.answer_threshold - 1
    full = counted.values_list("counted_at", flat=True)[last : last + 1].first()
    step = idea.decisions.order_by("-id").values_list("created_at", flat=True).first()
    return max(full, step) if full and step else full
