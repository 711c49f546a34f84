"""An idea's page and its history."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.models import Member
from community.remembered import remembered
from community.viewers import viewer
from ideas import policies, roadmap
from ideas.cards import dress
from ideas.diffs import diff
from ideas.forms import CommentForm, DecisionForm
from ideas.models import Comment, Decision, Idea, IdeaRevision, PendingDecision, Promise, Support
from ideas.status import ANSWERS, Status

MOST_REVISIONS = 50
MOST_PROMISES = 10


@login_not_required
@remembered
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An idea with its decision, text, discussion and clock."""
    idea = visible(pk, viewer(request))
    return render(request, "ideas/detail.html", page(idea, viewer(request)))


@login_not_required
@remembered
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """All of an idea on paper: text, decisions, promise, comments, and who made it."""
    idea = visible(pk, viewer(request))
    (credited,) = roadmap.with_credits([idea])
    context = page(credited, None) | {
        "made": credited.made,  # type: ignore[attr-defined]
        "print_address": settings.SITE_URL + idea.get_absolute_url(),
    }
    return render(request, "ideas/print.html", context)


def visible(pk: int, member: Member | None) -> Idea:
    """One idea as its page shows it, or 404."""
    rows = Idea.objects.visible_to(member).for_page(member)
    return dress([get_object_or_404(rows, pk=pk)], member)[0]


def page(idea: Idea, member: Member | None) -> dict[str, Any]:
    """All that an idea's page shows; forms that failed are put over it by the caller."""
    decisions = list(idea.decisions.select_related("member", "team").order_by("-id"))
    return {
        "section": "ideas",
        "idea": idea,
        "board": idea.board,
        "clock": idea.clock,  # type: ignore[attr-defined]
        "decisions": decisions,
        "timeline": decisions[::-1],
        "asking_again": _asking_again(idea, decisions),
        "comments": _threads(idea, member),
        "promises": _promises(idea, member),
        "tags": idea.tags.all(),
        "images": idea.images.all(),
        "following": idea.is_followed,  # type: ignore[attr-defined]
        "story": _shipped(idea, decisions[::-1]),
        **(_verdicts(idea, member, decisions[0].pk if decisions else 0) if member else {}),
    }


def _shipped(idea: Idea, decisions: list[Decision]) -> roadmap.Story | None:
    """How a shipped idea came to be, with its `made`; None for any other."""
    if idea.status != Status.SHIPPED:
        return None
    roadmap.with_credits([idea])
    return roadmap.story_of(idea, [d for d in decisions if d.to_status in ANSWERS])


def _promises(idea: Idea, member: Member | None) -> list[Promise]:
    """What was owed here, the newest first; each with whether one may withdraw it."""
    rows = Promise.objects.filter(owed_on=idea).select_related("withdrawn_by").order_by("-id")
    promises = list(rows[:MOST_PROMISES])
    for promise in promises:
        promise.board = idea.board
        promise.can_withdraw = (  # type: ignore[attr-defined]
            member is not None
            and promise.ended_at is None
            and policies.can_withdraw_promise(member, promise)
        )
    return promises


def _asking_again(idea: Idea, decisions: list[Decision]) -> int | None:
    """How many have supported a declined idea since; None for any other."""
    if idea.status != Status.DECLINED or not decisions:
        return None
    return Support.objects.since(decisions[0]).count()


def _verdicts(idea: Idea, member: Member, last_decision: int) -> dict[str, Any]:
    steps = policies.steps_for(member, idea)
    form = DecisionForm(idea=idea, steps=steps, initial={"seen": last_decision})
    return {
        "can_support": policies.can_support(member, idea),
        "can_comment": policies.can_comment(member, idea),
        "can_edit": policies.can_edit(member, idea),
        "can_decide": bool(steps),
        "waiting": _waiting(idea, member) if steps else None,
        "comment_form": CommentForm(),
        "decision_form": form,
    }


def _waiting(idea: Idea, member: Member) -> PendingDecision | None:
    """The decision that waits here, for the eyes of the team alone."""
    if not policies.can_see_waiting(member, idea.board):
        return None
    return idea.pending_decisions.waiting().select_related("proposed_by").first()


def _threads(idea: Idea, member: Member | None) -> list[Comment]:
    """First comments in order, each with its replies, oldest reply first. One query."""
    rows = list(idea.comments.for_thread(member))
    replies: dict[int, list[Comment]] = {}
    for reply in sorted((row for row in rows if row.parent_id), key=lambda row: row.pk):
        if not reply.hidden_at:
            replies.setdefault(reply.parent_id or 0, []).append(reply)
    threads = [row for row in rows if not row.parent_id]
    for comment in [*threads, *(reply for group in replies.values() for reply in group)]:
        comment.idea = idea
        comment.can_resolve = member and policies.can_resolve(member, comment)  # type: ignore[attr-defined]
        comment.shown_replies = replies.get(comment.pk, [])  # type: ignore[attr-defined]
    return [row for row in threads if not row.hidden_at or row.pk in replies]


@login_not_required
@remembered
@require_safe
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of an idea's text with what changed, newest first."""
    idea = visible(pk, viewer(request))
    rows = idea.revisions.select_related("editor").order_by("-number")[: MOST_REVISIONS + 1]
    context = {"idea": idea, "board": idea.board, "changes": _changes(rows), "section": "ideas"}
    return render(request, "ideas/revisions.html", context)


def _changes(rows: Iterable[IdeaRevision]) -> list[IdeaRevision]:
    versions = list(rows)
    for newer, older in pairwise([*versions, None]):
        assert newer is not None
        before = (older.title, older.body) if older else ("", "")
        newer.title_diff = diff(before[0], newer.title) if older else newer.title  # type: ignore[attr-defined]
        newer.body_diff = diff(before[1], newer.body) if older else newer.body  # type: ignore[attr-defined]
    return versions[:MOST_REVISIONS]
