"""Who takes an idea on, alone or with a second person, and who gives up a promise."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from ideas.models import (
    Board,
    Idea,
    PendingDecision,
    Promise,
)
from ideas.models.composing import CAME_BACK, WAITING, PendingState
from ideas.policies.merging import is_merged
from ideas.policies.people import DECIDE_ANYWHERE, answers_for, leads
from ideas.status import ANSWERS, Role, Step, find, steps_from


def roles_of(member: Member, idea: Idea) -> frozenset[Role]:
    """In which roles somebody meets an idea."""
    author = {Role.AUTHOR} if idea.author_id == member.pk else set()
    team = {Role.TEAM} if answers_for(member, idea.board) else set()
    return frozenset(author | team)


def can_step(member: Member, idea: Idea, target: str) -> Verdict:
    """Whether somebody may take an idea to a status."""
    step = find(idea.status, target)
    # A draft takes its step by being posted, which is no decision.
    if step is None or idea.is_draft:
        return no("no_such_step", _("An idea cannot go there from where it is."))
    if not step.roles & roles_of(member, idea):
        return no("not_your_step", _("This step is for the team that owns the board."))
    if idea.merged_into_id:
        return is_merged(idea)
    if idea.hidden_at:
        return no("hidden", _("This idea is hidden by moderation."))
    return YES


def steps_for(member: Member, idea: Idea) -> list[Step]:
    """The steps somebody may take from here, drafts aside."""
    if idea.is_draft or idea.hidden_at or idea.merged_into_id:
        return []
    roles = roles_of(member, idea)
    return [step for step in steps_from(idea.status) if step.roles & roles]


def needs_second_person(board: Board, target: str) -> bool:
    """Whether what one person decides here waits for the eyes of a second."""
    return board.needs_second_person and target in ANSWERS


def can_publish(idea: Idea, target: str, by: Member, second: Member | None) -> Verdict:
    """Whether a step may be public now: where the board asks for it, a colleague approved it."""
    if not needs_second_person(idea.board, target):
        return YES
    if second is None or second.pk == by.pk:
        return no(
            "needs_second_person",
            _(
                "On this board an answer is public once a colleague has approved it. "
                "Propose it instead."
            ),
        )
    return can_see_waiting(second, idea.board)


def can_compose(member: Member, idea: Idea) -> Verdict:
    """Whether somebody may write a decision here: those who have a step to take."""
    if steps_for(member, idea):
        return YES
    if idea.hidden_at:
        return no("hidden", _("This idea is hidden by moderation."))
    return no("not_your_step", _("This step is for the team that owns the board."))


def can_see_waiting(member: Member, board: Board) -> Verdict:
    """Decisions that wait are for those who answer for the board, and nobody else."""
    if answers_for(member, board):
        return YES
    return no("not_your_team", _("This is for the team that owns the board."))


def can_judge(member: Member, pending: PendingDecision) -> Verdict:
    """Whether somebody may approve or return what a colleague proposed."""
    if pending.state != PendingState.PROPOSED:
        return _no_longer()
    if pending.proposed_by_id == member.pk:
        return no("own_proposal", _("You wrote this yourself. A colleague has to look at it."))
    return can_see_waiting(member, pending.idea.board)


def can_reschedule(member: Member, pending: PendingDecision) -> Verdict:
    if pending.state != PendingState.SCHEDULED:
        return _no_longer()
    return can_see_waiting(member, pending.idea.board)


def can_cancel(member: Member, pending: PendingDecision) -> Verdict:
    """The team may stop what waits; so may its author, who may let go of what came back, too."""
    if pending.proposed_by_id == member.pk and pending.state in WAITING | CAME_BACK:
        return YES
    if pending.state not in WAITING:
        return _no_longer()
    return can_see_waiting(member, pending.idea.board)


def _no_longer() -> Verdict:
    return no("stale", _("This decision does not wait like that any more. Read how it stands."))


def can_withdraw_promise(member: Member, promise: Promise) -> Verdict:
    """The lead of the board's team, and whoever decides on every board."""
    if leads(member, promise.board) or (member.is_staff and member.has_perm(DECIDE_ANYWHERE)):
        return YES
    return no("not_your_promise", _("A promise is withdrawn by the lead of the team that gave it."))
