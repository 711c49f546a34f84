"""Who hears of waiting decisions: the team that may judge them, and their authors."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from activity.events import Event
from community import markdown
from community.models import Member, TeamMembership
from community.services import notifying
from ideas import notices, policies
from ideas.events import DecisionProposed
from ideas.models import PendingDecision
from ideas.policies import DECIDE_ANYWHERE
from ideas.topics import topic_of

EXCERPT = 280


def tell_team(event: DecisionProposed, pending: PendingDecision) -> None:
    """Those who could approve: the board's team, and where nobody else is in it, whoever decides
    everywhere."""
    team = TeamMembership.objects.filter(team_id=pending.idea.board.team_id)
    others = set(team.values_list("member_id", flat=True)) - {pending.proposed_by_id}
    recipients = others or set(_everywhere())
    _tell(event, notices.PROPOSED, pending, recipients, pending.statement)


def _everywhere() -> list[int]:
    app, _dot, codename = DECIDE_ANYWHERE.partition(".")
    may = {"content_type__app_label": app, "codename": codename}
    grouped = Q(**{f"groups__permissions__{name}": value for name, value in may.items()})
    own = Q(**{f"user_permissions__{name}": value for name, value in may.items()})
    staff = Member.objects.active().filter(grouped | own | Q(is_superuser=True), is_staff=True)
    return list(staff.values_list("pk", flat=True).distinct())


def tell(event: Event, kind: str, pending: PendingDecision) -> None:
    """Its author: what became of it, with what was said about it."""
    words = pending.remark or pending.statement
    _tell(event, kind, pending, [pending.proposed_by_id], words)


def _tell(
    event: Event, kind: str, pending: PendingDecision, recipients: Iterable[int], words: str
) -> None:
    idea = pending.idea
    if idea.hidden_at:
        return
    notifying.notify(
        event_id=event.id,
        kind=kind,
        topic=topic_of(idea.pk),
        subject=idea.title,
        excerpt=markdown.plain(words, EXCERPT),
        url=_place(kind, pending),
        actor_id=event.actor_id,
        recipients=recipients,
        occurred_at=event.when,
    )


def _place(kind: str, pending: PendingDecision) -> str:
    """Where to read on: the composer, unless it is public or they may not go there any more."""
    lost = not policies.can_see_waiting(pending.proposed_by, pending.idea.board)
    if kind == notices.PUBLISHED or (kind != notices.PROPOSED and lost):
        return pending.idea.get_absolute_url()
    return reverse("ideas:compose", args=[pending.idea_id])
