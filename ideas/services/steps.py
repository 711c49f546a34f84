"""The only writer of Idea.status: every step is a Decision."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from activity.services import record
from community import markdown
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.events import DecisionMade
from ideas.models import Decision, Idea, Merge, Support
from ideas.models.decision import Origin
from ideas.status import ANSWERS, WAITS_FOR_ANSWER, Role, Status, Step, find

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
    """Status, clock, decision and event: one deed."""
    source = idea.status
    for name, value in asdict(grounds).items():
        setattr(decision, name, value)
    decision.idea, decision.from_status, decision.to_status = idea, source, target
    decision.statement_html = markdown.render(grounds.statement)
    decision.save()
    idea.status = target
    _set_clock(idea, source, timezone.now())
    idea.save(update_fields=["status", "threshold_reached_at", "answer_due_at", "answered_at"])
    fact = DecisionMade(
        idea_id=idea.pk,
        decision_id=decision.pk,
        author_id=idea.author_id,
        source=source,
        target=target,
    )
    record(fact, actor=decision.member)
    return decision


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
    """When the promise began to run; None while there are too few supporters.

    Not before the last step, nor before the merge that brought supporters along.
    """
    counted = Support.objects.supporters(idea.pk).order_by("first", "member_id")
    last = idea.board.answer_threshold - 1
    full = counted.values_list("first", flat=True)[last : last + 1].first()
    step = idea.decisions.order_by("-id").values_list("created_at", flat=True).first()
    merges = Merge.objects.live().filter(duplicate__merged_into=idea)
    merged = merges.order_by("-merged_at").values_list("merged_at", flat=True).first()
    return max(filter(None, (full, step, merged))) if full else None
