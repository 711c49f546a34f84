"""The only writer of Idea.status: every step is a Decision."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

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
from ideas.services import deeds, discussing, promising
from ideas.services.promising.open_ones import locked
from ideas.status import Role, Status, Step, find

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
    *,
    idea: Idea,
    to: str,
    by: Member,
    grounds: Grounds,
    seen: int | None = None,
    answers: Collection[int] = (),
    second: Member | None = None,
) -> Decision:
    """Take an idea one step on, in the open.

    `seen` is the id of the last decision the person saw: when another came between, it is Refused
    as `stale`, so that nobody decides past a colleague. `answers` are the ids of questions and
    concerns that are settled by it; those that are not open here are left alone. `second` is the
    colleague who approved it, where the board asks for one.
    """
    idea = locked(idea)
    step = check(idea=idea, to=to, by=by, grounds=grounds, seen=seen)
    policies.can_publish(idea, to, by, second).enforce()
    speaks_for_team = policies.answers_for(by, idea.board)
    decision = Decision(member=by, team=idea.board.team if speaks_for_team else None)
    decision = _write(idea, step.target, grounds, decision)
    for point in idea.comments.open_points().filter(pk__in=answers).order_by("pk"):
        discussing.resolve(comment=point, by=by, resolved=True)
    return decision


def check(*, idea: Idea, to: str, by: Member, grounds: Grounds, seen: int | None) -> Step:
    """The step that somebody may take on these grounds, now; else Refused. Writes nothing."""
    # First, because after a colleague's step this one may not even exist any more.
    refuse_if_stale(idea, seen)
    policies.can_step(by, idea, to).enforce()
    step = find(idea.status, to)
    assert step is not None
    if missing := grounds.missing(step):
        raise Refused(_("Some of what this step needs is missing."), code=f"missing_{missing[0]}")
    return step


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


def last_decision(idea: Idea) -> int:
    """The id of the newest decision; 0 before the first."""
    return idea.decisions.order_by("-id").values_list("pk", flat=True).first() or 0


def refuse_if_stale(idea: Idea, seen: int | None) -> None:
    """Raise Refused when the last decision is not the one that somebody saw."""
    if seen is not None and seen != last_decision(idea):
        raise stale(idea)


def stale(idea: Idea) -> Refused:
    """Somebody decides past a colleague: who that was, and what they decided."""
    last = idea.decisions.select_related("member").order_by("-id").first()
    if last is None:
        return Refused(_("Read the idea again, then decide."), code="stale")
    who = last.member.display_name if last.member else last.get_origin_display()
    words = _("%(who)s was quicker: the idea is now “%(status)s”. Read why, then decide.")
    return Refused(words % {"who": who, "status": last.get_to_status_display()}, code="stale")


@transaction.atomic
def reopen(*, idea: Idea, support_since: int) -> Decision | None:
    """The board's rule: a declined idea with enough support since then is reviewed again."""
    idea = locked(idea)
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
    """Status, promises, decision, event and the team's history: one deed, in a few statements.

    Each decision knows who decides, for whom, and the idea, which is locked.
    """
    ideas = [decision.idea for decision in decisions]
    promising.catch_up(ideas=ideas)
    said = asdict(grounds) | {"statement_html": markdown.render(grounds.statement)}
    said["created_at"] = timezone.now()
    for decision in decisions:
        decision.from_status, decision.to_status = decision.idea.status, target
        for name, value in said.items():
            setattr(decision, name, value)
    Decision.objects.bulk_create(decisions)
    for idea in ideas:
        idea.status = target
    Idea.objects.filter(pk__in=[idea.pk for idea in ideas]).update(status=target)
    promising.follow_steps(decisions=decisions)
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
