"""An idea's page and its history."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.models import Member
from community.remembered import remembered
from community.viewers import viewer
from ideas import policies, threads
from ideas.cards import dress
from ideas.diffs import diff
from ideas.forms import CommentForm, DecisionForm
from ideas.models import Comment, Decision, Idea, IdeaRevision, Support
from ideas.ordering import BadCursor, Place
from ideas.status import Status
from ideas.threads import Talk

MOST_REVISIONS = 50
# Of digits: any number of PostgreSQL's.
LONGEST_NUMBER = 18


@login_not_required
@remembered
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An idea with its decision, text, discussion and clock."""
    idea = visible(pk, viewer(request))
    talk = _talk(request, idea)
    # With JavaScript, more comments join those that are there.
    part = "_comments" if request.headers.get("HX-Request") else "detail"
    return render(request, f"ideas/{part}.html", page(idea, viewer(request), talk))


def _talk(request: HttpRequest, idea: Idea) -> Talk:
    """The part of the discussion that the address asks for."""
    member, asked = viewer(request), request.GET
    try:
        if comment := _asked_comment(idea, asked.get("comment", "")):
            return threads.around(idea, member, comment)
        if root := _asked_comment(idea, asked.get("thread", "")):
            after = asked.get("after", "")
            number = int(after) if after.isdecimal() else 0
            return threads.alone(idea, member, root.parent or root, after=min(number, 2**62))
        cursor = asked.get("comments", "")
        return threads.page_of(idea, member, Place.decode(cursor) if cursor else None)
    except BadCursor as error:
        raise BadRequest("This is no page of this discussion.") from error


def _asked_comment(idea: Idea, number: str) -> Comment | None:
    """A comment on this idea; None for what is none, was hidden or went elsewhere."""
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    return idea.comments.select_related("parent").filter(pk=int(number)).first()


def visible(pk: int, member: Member | None) -> Idea:
    """One idea as its page shows it, or 404."""
    rows = Idea.objects.visible_to(member).for_page(member)
    return dress([get_object_or_404(rows, pk=pk)], member)[0]


def page(idea: Idea, member: Member | None, talk: Talk | None = None) -> dict[str, Any]:
    """All that an idea's page shows; forms that failed are put over it by the caller."""
    talk = talk or threads.page_of(idea, member)
    decisions = list(idea.decisions.select_related("member", "team").order_by("-id"))
    return {
        "section": "ideas",
        "idea": idea,
        "board": idea.board,
        "clock": idea.clock,  # type: ignore[attr-defined]
        "decisions": decisions,
        "timeline": decisions[::-1],
        "asking_again": _asking_again(idea, decisions),
        "talk": talk,
        "more_comments": talk.next.encode() if talk.next else "",
        "comments": _with_deeds(talk, idea, member),
        "tags": idea.tags.all(),
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
        "comment_form": CommentForm(),
        "decision_form": form,
    }


def _with_deeds(talk: Talk, idea: Idea, member: Member | None) -> list[Comment]:
    """The threads, each comment with what the viewer may do to it. No queries."""
    for comment in talk.comments:
        comment.idea = idea
        comment.can_resolve = member and policies.can_resolve(member, comment)  # type: ignore[attr-defined]
    return talk.threads


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
