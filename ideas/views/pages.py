"""An idea's page and its history."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.cursors import BadCursor
from community.diffs import diff
from community.models import Member
from community.remembered import remembered
from community.viewers import viewer
from ideas import policies, roadmap, threads, voided
from ideas.cards import dress
from ideas.credits import Credit, credits_of_idea
from ideas.forms import CommentForm, DecisionForm
from ideas.models import (
    Comment,
    Contribution,
    Decision,
    Idea,
    IdeaRevision,
    Merge,
    PendingDecision,
    Promise,
    Support,
    TopicLink,
    Voiding,
)
from ideas.models.support import SupportState
from ideas.ordering import Place
from ideas.services import reviewing
from ideas.status import ANSWERS, Status
from ideas.threads import Talk

MOST_REVISIONS = 50
MOST_PROMISES = 10
# Of digits: any number of PostgreSQL's.
LONGEST_NUMBER = 18


@login_not_required
@remembered
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An idea with its decision, text, discussion and clock; of a merged one, its survivor's."""
    member = viewer(request)
    idea = visible(pk, member)
    if idea.merged_into_id:
        address = reverse("ideas:detail", args=[idea.merged_into_id])
        # Without a fragment of its own, so that the one of a comment's address stays.
        asked = request.GET.copy()
        asked["merged"] = str(idea.pk)
        return redirect(f"{address}?{asked.urlencode()}")
    _note_that_a_team_saw(idea, member)
    context = page(idea, member, _talk(request, idea))
    came_from = request.GET.get("merged", "")
    context["came_by"] = next(
        (merge for merge in context["merges"] if str(merge.duplicate_id) == came_from), None
    )
    # With JavaScript, more comments join those that are there.
    part = "_comments" if request.headers.get("HX-Request") else "detail"
    return render(request, f"ideas/{part}.html", context)


def _note_that_a_team_saw(idea: Idea, member: Member | None) -> None:
    if member and idea.tally.seen_at is None and policies.can_review(member, idea):
        reviewing.mark_seen(idea=idea, by=member)


@login_not_required
@remembered
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """All of an idea on paper: text, decisions, promise, comments, and who made it.

    Of a merged one, its survivor's.
    """
    idea = visible(pk, viewer(request))
    if idea.merged_into_id:
        return redirect("ideas:print", idea.merged_into_id)
    (credited,) = roadmap.with_credits([idea])
    context = page(credited, None) | {
        "made": credited.made,  # type: ignore[attr-defined]
        "print_address": settings.SITE_URL + idea.get_absolute_url(),
    }
    return render(request, "ideas/print.html", context)


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
    here = Comment.objects.filter(idea__in=Idea.objects.in_group(idea.pk))
    return here.select_related("parent", "idea").filter(pk=int(number)).first()


def visible(pk: int, member: Member | None) -> Idea:
    """One idea as its page shows it, or 404."""
    rows = Idea.objects.visible_to(member).for_page(member)
    rows = rows.annotate(topic_rows=TopicLink.objects.beside_idea(member))
    return dress([get_object_or_404(rows, pk=pk)], member)[0]


def standing(pk: int, member: Member | None) -> Idea:
    """The idea that stands for one: for a deed from an old card or address. Or 404."""
    idea = visible(pk, member)
    return visible(idea.root_id, member) if idea.merged_into_id else idea


def page(idea: Idea, member: Member | None, talk: Talk | None = None) -> dict[str, Any]:
    """All that an idea's page shows; forms that failed are put over it by the caller."""
    talk = talk or threads.page_of(idea, member)
    decisions = list(idea.decisions.select_related("member", "team").order_by("-id"))
    merges = list(Merge.objects.under(idea.pk, member)) if idea.tally.gathers else []
    contributors = credits_of_idea(idea.pk)
    for decision in decisions:
        decision.used = _used_for(decision, contributors)  # type: ignore[attr-defined]
    used = {part.comment_id for credit in contributors for part in credit.parts}
    return {
        "section": "ideas",
        "idea": idea,
        "board": idea.board,
        "clock": idea.clock,  # type: ignore[attr-defined]
        "decisions": decisions,
        "timeline": decisions[::-1],
        "story_so_far": story_so_far(idea, decisions),
        "asking_again": _asking_again(idea, decisions),
        "promises": _promises(idea, member),
        "talk": talk,
        "more_comments": talk.next.encode() if talk.next else "",
        "comments": _with_deeds(talk.threads, idea, member, used),
        "merges": _with_threads(merges, idea, member, used),
        "credits": contributors,
        "tags": idea.labels,  # type: ignore[attr-defined]
        "images": idea.images.all(),
        "following": idea.is_followed,  # type: ignore[attr-defined]
        "story": _shipped(idea, decisions[::-1]),
        **(_verdicts(idea, member, decisions[0].pk if decisions else 0) if member else {}),
    }


def story_so_far(idea: Idea, decisions: list[Decision]) -> list[Decision | None]:
    """The decisions, oldest first, with None at the place where support earned an answer."""
    earned = idea.threshold_reached_at
    if earned is None:
        return [*decisions[::-1]]
    before = [decision for decision in decisions if decision.created_at < earned]
    return [*before[::-1], None, *decisions[: len(decisions) - len(before)][::-1]]


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


def _used_for(decision: Decision, contributors: list[Credit]) -> list[Contribution]:
    parts = [part for credit in contributors for part in credit.parts]
    return [part for part in parts if part.decision_id == decision.pk]


def _asking_again(idea: Idea, decisions: list[Decision]) -> int | None:
    """How many have supported a declined idea since; None for any other."""
    if idea.status != Status.DECLINED or not decisions:
        return None
    return Support.objects.since(decisions[0]).count()


def _with_threads(
    merges: list[Merge], idea: Idea, member: Member | None, used: set[int | None]
) -> list[Merge]:
    """The merges with the discussion of what was merged, and with what the viewer may do."""
    talks = threads.of_merged([merge.duplicate for merge in merges], member) if merges else {}
    for merge in merges:
        said = talks.get(merge.duplicate_id, [])
        merge.threads = _with_deeds(said, merge.duplicate, member, used)  # type: ignore[attr-defined]
        merge.can_undo = member and policies.can_unmerge(member, merge, idea)  # type: ignore[attr-defined]
        merge.can_answer = member and policies.can_answer_merge(member, merge)  # type: ignore[attr-defined]
        merge.can_reply = member and policies.can_reply_to_objection(member, merge)  # type: ignore[attr-defined]
    return merges


def _verdicts(idea: Idea, member: Member, last_decision: int) -> dict[str, Any]:
    steps = policies.steps_for(member, idea)
    form = DecisionForm(idea=idea, steps=steps, initial={"seen": last_decision})
    return {
        "can_support": policies.can_support(member, idea),
        "voiding": _voiding(idea, member),
        "can_comment": policies.can_comment(member, idea),
        "can_edit": policies.can_edit(member, idea),
        "can_decide": bool(steps),
        "can_retag": not policies.writes(member, idea) and policies.can_retag(member, idea),
        "can_link_topics": policies.can_link_topics(member, idea),
        "waiting": _waiting(idea, member) if steps else None,
        "can_merge": policies.can_offer_merge(member, idea),
        "comment_form": CommentForm(),
        "decision_form": form,
    }


def _voiding(idea: Idea, member: Member) -> Voiding | None:
    """Why the viewer's own support does not count; asked only if it does not."""
    if idea.viewer_support != SupportState.VOIDED:  # type: ignore[attr-defined]
        return None
    return voided.reason_for(member, idea.pk)


def _waiting(idea: Idea, member: Member) -> PendingDecision | None:
    """The decision that waits here, for the eyes of the team alone."""
    if not policies.can_see_waiting(member, idea.board):
        return None
    return idea.pending_decisions.waiting().select_related("proposed_by").first()


def _with_deeds(
    shown: list[Comment], idea: Idea, member: Member | None, used: set[int | None]
) -> list[Comment]:
    """The threads, each comment with what the viewer may do to it. No queries."""
    replies = [reply for one in shown for reply in one.shown_replies]  # type: ignore[attr-defined]
    for comment in [*shown, *replies]:
        comment.idea = idea
        comment.can_resolve = member and policies.can_resolve(member, comment)
        comment.can_credit = member and policies.can_credit(member, comment)
        comment.is_used = comment.pk in used
    return shown


@login_not_required
@remembered
@require_safe
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of an idea's text with what changed, newest first."""
    idea = visible(pk, viewer(request))
    rows = idea.revisions.select_related("editor").order_by("-number")[: MOST_REVISIONS + 1]
    context = {
        "idea": idea,
        "board": idea.board,
        "changes": _changes(rows),
        "retaggings": idea.retaggings.select_related("member").order_by("-id")[:MOST_REVISIONS],
        "section": "ideas",
    }
    return render(request, "ideas/revisions.html", context)


def _changes(rows: Iterable[IdeaRevision]) -> list[IdeaRevision]:
    versions = list(rows)
    for newer, older in pairwise([*versions, None]):
        assert newer is not None
        before = (older.title, older.body) if older else ("", "")
        newer.title_diff = diff(before[0], newer.title) if older else newer.title  # type: ignore[attr-defined]
        newer.body_diff = diff(before[1], newer.body) if older else newer.body  # type: ignore[attr-defined]
    return versions[:MOST_REVISIONS]
