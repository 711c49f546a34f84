"""The review queue: lanes, filters, saved views and their export."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from community.cursors import BadCursor
from community.errors import Refused
from community.models import Member, Team
from community.viewers import member_of
from ideas import exporting, lanes, policies
from ideas.forms import QueueForm, ViewForm
from ideas.forms.reviewing import LONGEST_QUERY
from ideas.lanes import DUE, LANES, Person, View
from ideas.models import Board, Idea, SavedView
from ideas.ordering import Place
from ideas.services import reviewing

EXPORT_AT_ONCE = 250
COLUMNS = (
    "id", "title", "url", "board", "status", "language", "author", "supporters", "comments",
    "open_points", "posted", "due", "decided", "team", "assignee", "impact", "effort", "confidence",
    "fit", "priority",
)  # fmt: skip


class Desk:
    """What a reviewer has before them: their boards, and the people who may look after ideas."""

    def __init__(self, member: Member) -> None:
        policies.can_open_queue(member).enforce()
        self.member = member
        self.boards: list[Board] = policies.reviewed_by(member)
        own = Team.objects.filter(pk__in=policies.team_ids(member))
        owning = {board.team_id: board.team for board in self.boards}
        self.teams = sorted({*owning.values(), *own}, key=lambda team: team.name)
        self.people: list[Person] = lanes.people(team.pk for team in self.teams)

    def form(self, query: QueryDict) -> QueueForm:
        return QueueForm(query, boards=self.boards, people=self.people)

    def view(self, form: QueueForm, **more: Any) -> View:
        """What the address asks for, as far as it makes sense."""
        asked = form.understood
        lane = LANES[asked.pop("lane", DUE.code)]
        words = asked.pop("q", "")
        return View(
            reviewer=self.member, boards=self.boards, lane=lane, words=words, **asked | more
        )

    def query(self, query: str) -> str:
        """The query of an address of the queue, with what makes sense of it and nothing else."""
        return _query(self.form(QueryDict(query[:LONGEST_QUERY])))


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The ideas that wait for a team, lane by lane."""
    desk = Desk(member_of(request))
    form = desk.form(request.GET)
    view = desk.view(form, after=_place(request))
    part = _part(view)
    context = {
        "section": "review",
        "lane": view.lane,
        "lanes": [(lane, _address(form, lane=lane.code)) for lane in LANES.values()],
        "filters": form,
        "is_filtered": any(name != "lane" for name in form.understood),
        "page": {"items": part.items, "next_url": _next(form, part.next)},
        "query": _query(form),
        "views": _views(desk.member),
        "view_form": ViewForm(member=desk.member, initial={"query": _query(form)}),
    }
    fragment = "#queue" if request.headers.get("HX-Request") else ""
    return render(request, f"ideas/review/queue.html{fragment}", context)


def _place(request: HttpRequest) -> Place | None:
    cursor = request.GET.get("cursor", "")
    try:
        return Place.decode(cursor) if cursor else None
    except BadCursor as error:
        raise BadRequest("This is no page of this lane.") from error


def _part(view: View) -> lanes.Part:
    try:
        part = lanes.part_of(view)
    except BadCursor as error:
        raise BadRequest("This is no page of this lane.") from error
    return lanes.Part(lanes.lay_out(part.items), part.next)


def _query(form: QueueForm, **changes: str) -> str:
    """The address's query again, with what made sense of it and nothing else."""
    form.is_valid()
    told = {name: form.data.get(name) for name in form.understood} | changes
    return urlencode({name: value for name, value in told.items() if value})[:LONGEST_QUERY]


def _address(form: QueueForm, **changes: str) -> str:
    return "?" + _query(form, **changes)


def _next(form: QueueForm, place: Place | None) -> str:
    return f"{_address(form)}&cursor={place.encode()}" if place else ""


def _views(member: Member) -> list[SavedView]:
    mine = SavedView.objects.filter(owner=member)
    shared = SavedView.objects.filter(team__in=policies.team_ids(member))
    return list((mine | shared).select_related("owner", "team"))


@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """A view of the queue as CSV or JSON, written while it is read. Notes are not in it."""
    desk = Desk(member_of(request))
    view = desk.view(desk.form(request.GET), size=EXPORT_AT_ONCE)
    write = exporting.csv_lines if kind == "csv" else exporting.json_lines
    type_ = "text/csv; charset=utf-8" if kind == "csv" else "application/json"
    answer = StreamingHttpResponse(write(COLUMNS, _told(view, request)), content_type=type_)
    name = f"review-{view.lane.code}-{timezone.localdate()}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _told(view: View, request: HttpRequest) -> Iterator[dict[str, Any]]:
    for idea in lanes.each(view):
        yield _cells(idea) | {"url": request.build_absolute_uri(idea.get_absolute_url())}


def _cells(idea: Idea) -> dict[str, Any]:
    review = getattr(idea, "review", None)
    scores = ("impact", "effort", "confidence", "fit", "priority")
    team = (review and review.team) or idea.board.team
    return {
        "id": idea.pk,
        "title": idea.title,
        "board": idea.board.slug,
        "status": idea.status,
        "language": idea.language,
        "author": idea.author.handle,
        "supporters": idea.tally.supports,
        "comments": idea.tally.comments,
        "open_points": idea.open_points,  # type: ignore[attr-defined]
        "posted": idea.opened_at,
        "due": idea.tally.due_at,
        "decided": idea.tally.decided_at,
        "team": team.slug,
        "assignee": review.assignee.handle if review and review.assignee else None,
        **{name: getattr(review, name, None) for name in scores},
    }


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the view that somebody has before them."""
    desk = Desk(member_of(request))
    form = ViewForm(request.POST, member=desk.member)
    if not form.is_valid():
        raise Refused(_first_error(form), code="invalid")
    said = form.cleaned_data
    query = desk.query(said["query"])
    reviewing.save_view(owner=desk.member, name=said["name"], query=query, team=said["team"])
    return redirect(f"{reverse('ideas:review')}?{query}")


def _first_error(form: ViewForm) -> str:
    return str(next(iter(form.errors.values()))[0])


@require_POST
def change_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, share or delete a view of one's own: `deed` says which."""
    member = member_of(request)
    view = get_object_or_404(SavedView, pk=pk, owner=member)
    if request.POST.get("deed") == "delete":
        reviewing.delete_view(view=view, by=member)
        return redirect("ideas:review")
    form = ViewForm(request.POST, member=member)
    if not form.is_valid():
        raise Refused(_first_error(form), code="invalid")
    said = form.cleaned_data
    reviewing.change_view(view=view, by=member, name=said["name"], team=said["team"])
    return redirect(f"{reverse('ideas:review')}?{view.query}")
