"""The composer: a decision, with the discussion beside it."""

from dataclasses import fields
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.errors import Refused
from community.models import Member
from community.viewers import member_of
from ideas import policies
from ideas.forms import ComposeForm, RescheduleForm
from ideas.models import Comment, Decision, DecisionTemplate, Idea, PendingDecision
from ideas.models.comment import RESOLVABLE, CommentKind
from ideas.reach import reach_of
from ideas.services import composing, reviewing, steps
from ideas.services.composing import Composed
from ideas.services.steps import Grounds
from ideas.views.decisions import say_what_happens
from ideas.views.pages import visible
from ideas.views.previewing import decision_of, preview_of
from ideas.views.review_desk import company
from ideas.views.trails import trail_of
from ideas.views.wording import begun_with, choices, offered

# The most helpful ones. Whoever wants to read all has the idea's page.
MOST_BESIDE = 30
ABOUT_THE_DAY = ("publish_at_past", "publish_at_far", "missing_publish_at")


@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a decision: begin with a template, look at it first, publish or schedule it."""
    member = member_of(request)
    idea = visible(pk, member)
    policies.can_compose(member, idea).enforce()
    if request.method == "POST":
        return _sent(request, idea, member)
    return _page(request, idea, member, None)


def _form(
    idea: Idea, member: Member, templates: list[DecisionTemplate], **words: Any
) -> ComposeForm:
    return ComposeForm(
        **words,
        idea=idea,
        steps=policies.steps_for(member, idea),
        templates=choices(idea, templates),
    )


def _beginning(idea: Idea, member: Member, seen: int, waits: dict[str, Any]) -> ComposeForm:
    """The form as it opens: with what waits or came back, its words as they were."""
    first: dict[str, Any] = {"seen": seen}
    row = waits.get("waiting") if waits.get("is_own") else waits.get("came_back")
    if row is not None:
        future = row.publish_at and row.publish_at > timezone.now()
        first |= {f.name: getattr(row, f.name) for f in fields(Grounds)}
        first |= {"to": row.to_status, "answers": row.answers, "uses": row.uses}
        first["publish_at"] = row.publish_at if future else None
    return _form(idea, member, offered(idea, member), initial=first)


def _sent(request: HttpRequest, idea: Idea, member: Member) -> HttpResponse:
    templates = offered(idea, member)
    form = _form(idea, member, templates, data=request.POST)
    action = request.POST.get("action", "publish")
    if action in ("template", "replace"):
        words, kept = begun_with(idea, templates, form.typed(), replace=action == "replace")
        form = _form(idea, member, templates, initial=words)
        return _words(request, idea, member, form, kept=kept)
    if action == "preview":
        return _preview(request, idea, member, form, templates)
    return _hand_in(request, idea, member, form, action)


def _words(
    request: HttpRequest, idea: Idea, member: Member, form: ComposeForm, *, kept: bool
) -> HttpResponse:
    """The form with the words of a template; `kept` when there were words already."""
    if request.headers.get("HX-Request"):
        context = {"form": form, "idea": idea, "board": idea.board, "kept": kept}
        return render(request, "review/_compose_words.html", context)
    return _page(request, idea, member, form, kept=kept, unsettled=True)


def _preview(
    request: HttpRequest,
    idea: Idea,
    member: Member,
    form: ComposeForm,
    templates: list[DecisionTemplate],
) -> HttpResponse:
    form.is_valid()
    reach = reach_of(idea, by=member.pk)
    preview = preview_of(idea, member, form.cleaned_data, reach)
    if request.headers.get("HX-Request"):
        return render(request, "review/_compose_preview.html", preview)
    # Not checked yet: a look is not handing in.
    unchecked = _form(idea, member, templates, initial=form.typed())
    return _page(request, idea, member, unchecked, **preview, unsettled=True)


def _hand_in(
    request: HttpRequest, idea: Idea, member: Member, form: ComposeForm, action: str
) -> HttpResponse:
    try:
        if form.is_valid():
            trail = trail_of(request, member, idea)
            made = composing.submit(idea=idea, by=member, composed=_composed(form, idea, action))
            say_what_happens(request, made)
            _present(idea, member, deciding=False)
            return trail.onward(request, idea, made) if trail else _onward(idea, made)
        steps.refuse_if_stale(idea, form.cleaned_data.get("seen"))
    except Refused as refused:
        idea = visible(idea.pk, member)
        policies.can_compose(member, idea).enforce()
        form = _caught_up(request, idea, member, refused)
        return _page(request, idea, member, form, status=422, is_late=refused.code == "stale")
    return _page(request, idea, member, form, status=422)


def _onward(idea: Idea, made: Decision | PendingDecision) -> HttpResponse:
    return redirect(idea) if isinstance(made, Decision) else redirect("ideas:compose", idea.pk)


def _composed(form: ComposeForm, idea: Idea, action: str) -> Composed:
    """Publishing now leaves the day aside, except where the day is for after the approval."""
    second = policies.needs_second_person(idea.board, form.cleaned_data["to"])
    composed = form.composed(at_once=action != "schedule" and not second)
    if action == "schedule" and composed.publish_at is None:
        raise Refused(str(_no_day()), code="missing_publish_at")
    return composed


def _no_day() -> Any:
    return RescheduleForm.base_fields["publish_at"].error_messages["required"]


def _caught_up(request: HttpRequest, idea: Idea, member: Member, refused: Refused) -> ComposeForm:
    """What was typed, ready to be sent again from where the idea is now."""
    typed = request.POST.copy()
    typed["seen"] = str(steps.last_decision(idea))
    form = _form(idea, member, offered(idea, member), data=typed)
    form.full_clean()
    form.add_error("publish_at" if refused.code in ABOUT_THE_DAY else None, refused.reason)
    return form


def _page(
    request: HttpRequest,
    idea: Idea,
    member: Member,
    form: ComposeForm | None,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    decisions = list(idea.decisions.select_related("member", "team").order_by("-id"))
    waits = _waiting(idea, member)
    form = form or _beginning(idea, member, decisions[0].pk if decisions else 0, waits)
    context = {
        "section": "review",
        "trail": trail_of(request, member, idea),
        "idea": idea,
        "board": idea.board,
        "clock": idea.clock,  # type: ignore[attr-defined]
        "decisions": decisions,
        "reach": reach_of(idea, by=member.pk),
        "form": form,
        "can_schedule": policies.can_see_waiting(member, idea.board),
        **_beside(idea, form),
        **waits,
        **extra,
    }
    # What a colleague wrote is read and judged; a form beside it would only overtake it.
    waiting = context.get("waiting")
    context["is_writing"] = not waiting or context["is_own"] or bool(form.errors)
    context |= _present(idea, member, deciding=not waiting)
    return render(request, "review/compose.html", context, status=status)


def _present(idea: Idea, member: Member, *, deciding: bool) -> dict[str, Any]:
    """Say that somebody is here, and who of their colleagues is. Authors decide by themselves."""
    if not policies.can_review(member, idea):
        return {}
    reviewing.be_present(idea=idea, member=member, deciding=deciding)
    return {"is_reviewed": True, "deciding": deciding, **company(idea, member)}


def _beside(idea: Idea, form: ComposeForm) -> dict[str, Any]:
    """Open points, and what others built on it or answered, each with what is ticked."""
    of_idea = Q(kind=CommentKind.BUILDS_ON) | Q(parent__kind__in=RESOLVABLE, team=None)
    rows = idea.comments.shown().select_related("author", "team").order_by("-helpful_score", "id")
    points = list(rows.open_points()[: MOST_BESIDE + 1])
    used = list(rows.filter(of_idea)[: MOST_BESIDE + 1])
    answers, uses = (_ticked(form, name) for name in ("answers", "uses"))
    for comment in points + used:
        comment.is_answered = comment.pk in answers  # type: ignore[attr-defined]
        comment.is_used = comment.pk in uses  # type: ignore[attr-defined]
    return {
        "points": points[:MOST_BESIDE],
        "used": used[:MOST_BESIDE],
        "more_beside": max(len(points), len(used)) > MOST_BESIDE,
    }


def _ticked(form: ComposeForm, name: str) -> set[int]:
    return set(form.fields[name].clean(form[name].value()))


def _waiting(idea: Idea, member: Member) -> dict[str, Any]:
    """What waits here or came back, and what somebody may do with it."""
    if not policies.can_see_waiting(member, idea.board):
        return {}
    rows = PendingDecision.objects.filter(idea=idea).select_related("proposed_by", "approved_by")
    waiting = rows.waiting().first()
    if waiting is None:
        return {"came_back": rows.came_back(member).first()}
    waiting.idea = idea
    return {
        "waiting": waiting,
        "is_own": waiting.proposed_by_id == member.pk,
        "points_answered": Comment.objects.shown().filter(pk__in=waiting.answers).count(),
        "can_judge": policies.can_judge(member, waiting),
        "waiting_decision": decision_of(waiting),
    }
