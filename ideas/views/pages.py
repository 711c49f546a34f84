"""An idea's page and its history."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.diffs import diff
from community.models import Member
from community.remembered import remembered
from community.viewers import viewer
from ideas import policies
from ideas.cards import dress
from ideas.forms import CommentForm, DecisionForm
from ideas.models import Comment, Decision, Idea, IdeaRevision, Support, TopicLink
from ideas.status import Status

MOST_REVISIONS = 50


@login_not_required
@remembered
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An idea with its decision, text, discussion and clock."""
    idea = visible(pk, viewer(request))
    return render(request, "ideas/detail.html", page(idea, viewer(request)))


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
        "tags": idea.tags.all(),
        "topic_links": TopicLink.objects.topics_of(idea, member),
        "images": idea.images.all(),
        "following": idea.is_followed,  # type: ignore[attr-defined]
        **(_verdicts(idea, member, decisions[0].pk if decisions else 0) if member else {}),
    }


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
        "can_link_topics": policies.can_link_topics(member, idea),
        "comment_form": CommentForm(),
        "decision_form": form,
    }


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
