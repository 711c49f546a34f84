"""An idea in the workspace: all that a team sees of it, and the deeds it keeps to itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.errors import Refused
from community.models import Member, Team
from community.viewers import member_of
from ideas import lanes, policies
from ideas.cards import dress
from ideas.forms import AssignForm, NoteForm, ReviewTagsForm, ScoresForm
from ideas.models import Idea, Note, Review
from ideas.services import reviewing
from ideas.views.pages import story_so_far

MOST_DEEDS, MOST_NOTES = 50, 100


def reviewed(pk: int, member: Member) -> Idea:
    """One idea, if somebody reviews it: else 404 or Refused."""
    rows = (
        Idea.objects.visible_to(member)
        .for_page(member)
        .select_related("review__assignee", "review__team")
    )
    idea = get_object_or_404(rows, pk=pk)
    policies.can_review(member, idea).enforce()
    return dress([idea], member)[0]


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """An idea as its team works on it."""
    member = member_of(request)
    idea = _opened(pk, member)
    reviewing.be_present(idea=idea, member=member)
    return render(request, "ideas/review/desk.html", _context(request, idea, member))


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The gist of an idea, beside the queue."""
    member = member_of(request)
    idea = _opened(pk, member)
    context = {
        "idea": idea,
        "board": idea.board,
        "clock": idea.clock,  # type: ignore[attr-defined]
        "review": getattr(idea, "review", None),
        "decision": idea.decisions.select_related("member", "team").order_by("-id").first(),
        "points": _points(idea),
        "query": request.GET.urlencode(),
    }
    return render(request, "ideas/review/_preview.html", context)


def _opened(pk: int, member: Member) -> Idea:
    idea = reviewed(pk, member)
    if idea.tally.seen_at is None:
        reviewing.mark_seen(idea=idea, by=member)
    return idea


def _points(idea: Idea) -> list[Any]:
    return list(idea.comments.open_points().select_related("author").order_by("-helpful_score"))


def _context(request: HttpRequest, idea: Idea, member: Member, **forms: Any) -> dict[str, Any]:
    """All that the page shows; forms that failed are put over it by the caller."""
    review = getattr(idea, "review", None)
    decisions = list(idea.decisions.select_related("member", "team").order_by("-id"))
    tags = sorted(idea.tags.names())
    return (
        {
            "section": "review",
            "idea": idea,
            "board": idea.board,
            "review": review,
            "clock": idea.clock,  # type: ignore[attr-defined]
            "decisions": decisions,
            "story_so_far": story_so_far(idea, decisions),
            "points": _points(idea),
            "images": idea.images.all(),
            "notes": _notes(idea),
            "deeds": lanes.tell(idea.deeds.select_related("member").order_by("-id")[:MOST_DEEDS]),
            "supporters": lanes.supporters(idea),
            **company(idea, member),
            "can_decide": bool(policies.steps_for(member, idea)),
            "query": request.GET.urlencode(),
            "scores_form": _scores_form(review),
            "assign_form": _assign_form(idea, review),
            "note_form": NoteForm(),
            "tags_form": ReviewTagsForm(initial={"tags": tags, "before": ", ".join(tags)}),
        }
        | forms
    )


def _notes(idea: Idea) -> list[Note]:
    kept = idea.notes.filter(removed_at=None)
    return list(kept.select_related("author").order_by("-id")[:MOST_NOTES])


def _scores_form(review: Review | None) -> ScoresForm:
    if review is None:
        return ScoresForm(initial={"version": 0})
    names = ("impact", "effort", "confidence", "fit", "version")
    return ScoresForm(initial={name: getattr(review, name) for name in names})


def _assign_form(idea: Idea, review: Review | None, typed: Any = None) -> AssignForm:
    teams = list(Team.objects.all())
    people = lanes.people(team.pk for team in teams)
    team = (review and review.team) or idea.board.team
    who = f"{team.slug}:{review.assignee.handle}" if review and review.assignee else ""
    if review and review.team and not who:
        who = f"{team.slug}:"
    initial = {"who": who, "version": review.version if review else 0}
    return AssignForm(typed, teams=teams, people=people, initial=initial)


def _back(request: HttpRequest, idea: Idea, part: str) -> HttpResponse:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{reverse('ideas:review_idea', args=[idea.pk])}{query}#{part}")


def _again(request: HttpRequest, idea: Idea, **forms: Any) -> HttpResponse:
    """The page with what was typed and why it was not taken."""
    context = _context(request, idea, member_of(request), **forms)
    return render(request, "ideas/review/desk.html", context, status=422)


def _version_now(request: HttpRequest, idea: Idea) -> Any:
    """What was typed, ready to be sent again over what a colleague saved meanwhile."""
    typed = request.POST.copy()
    row = Review.objects.filter(idea=idea).values_list("version", flat=True).first()
    typed["version"] = str(row or 0)
    return typed


@require_POST
def scores(request: HttpRequest, pk: int) -> HttpResponse:
    """Score an idea."""
    member = member_of(request)
    idea = reviewed(pk, member)
    form = ScoresForm(request.POST)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            reviewing.score(idea=idea, by=member, version=version, scores=form.scores())
            return _back(request, idea, "scores")
        except Refused as refused:
            idea, form = reviewed(pk, member), ScoresForm(_version_now(request, idea))
            form.add_error(None, refused.reason)
    return _again(request, idea, scores_form=form)


@require_POST
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an idea to somebody."""
    member = member_of(request)
    idea = reviewed(pk, member)
    form = _assign_form(idea, None, request.POST)
    if form.is_valid():
        who = {"assignee": form.assignee, "team": form.team}
        try:
            version = form.cleaned_data["version"]
            reviewing.assign(idea=idea, by=member, version=version, **who)  # type: ignore[arg-type]
            return _after_assigning(request, idea, member)
        except Refused as refused:
            idea = reviewed(pk, member)
            form = _assign_form(idea, None, _version_now(request, idea))
            form.add_error(None, refused.reason)
    return _again(request, idea, assign_form=form)


def _after_assigning(request: HttpRequest, idea: Idea, member: Member) -> HttpResponse:
    """Who hands an idea back to a team that is not theirs has no page of it any more."""
    if policies.can_review(member, idea):
        return _back(request, idea, "assignment")
    return redirect("ideas:review")


@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a private note."""
    member = member_of(request)
    idea = reviewed(pk, member)
    form = NoteForm(request.POST)
    if form.is_valid():
        reviewing.note(idea=idea, by=member, body=form.cleaned_data["body"])
        return _back(request, idea, "notes")
    return _again(request, idea, note_form=form)


@require_POST
def remove_note(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Take a note of one's own back."""
    member = member_of(request)
    idea = reviewed(pk, member)
    kept = get_object_or_404(Note, pk=note, idea=idea, removed_at=None)
    reviewing.remove_note(note=kept, by=member)
    return _back(request, idea, "notes")


@require_POST
def tags(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the tags: only the difference to what was read is written."""
    member = member_of(request)
    idea = reviewed(pk, member)
    form = ReviewTagsForm(request.POST)
    if form.is_valid():
        wanted, before = set(form.cleaned_data["tags"]), set(form.cleaned_data["before"])
        try:
            add, remove = sorted(wanted - before), sorted(before - wanted)
            reviewing.tag(idea=idea, by=member, add=add, remove=remove)
            return _back(request, idea, "tags")
        except Refused as refused:
            form.add_error("tags", refused.reason)
    return _again(request, idea, tags_form=form)


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one is here, and hear who else is. Asked every 20 seconds while the page shows."""
    member = member_of(request)
    idea = get_object_or_404(Idea.objects.visible_to(member).select_related("board"), pk=pk)
    deciding = request.POST.get("deciding") == "true"
    reviewing.be_present(idea=idea, member=member, deciding=deciding)
    context = {"idea": idea, "deciding": deciding, **company(idea, member)}
    if context["known"] == request.POST.get("known"):
        return HttpResponse(status=204)
    return render(request, "ideas/review/_presence.html", context)


def company(idea: Idea, member: Member) -> dict[str, Any]:
    """The others who are here; `known` tells whether that has changed."""
    others = lanes.present(idea, member)
    return {"others": others, "known": ",".join(f"{o.member_id}:{o.is_deciding:d}" for o in others)}
