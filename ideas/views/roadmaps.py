"""The roadmap and the changelog: what is coming, and what came of it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from community.cursors import BadCursor
from community.remembered import remembered
from community.viewers import viewer
from ideas.forms import RecordFilterForm
from ideas.models import Board, Idea
from ideas.roadmap import (
    COLUMNS,
    Stretch,
    Wanted,
    columns_of,
    stretch_of,
    with_credits,
    with_pictures,
)
from ideas.status import Status
from ideas.views.lists import place

ALONE = 20
ENTRIES = 12
HEADINGS = {
    Status.PLANNED: gettext_lazy("Planned"),
    Status.IN_PROGRESS: gettext_lazy("In progress"),
    Status.SHIPPED: gettext_lazy("Shipped lately"),
}
LINES = {
    Status.PLANNED: gettext_lazy("By when we expect it. What was decided last stands first."),
    Status.IN_PROGRESS: gettext_lazy("By when we expect it. What was begun last stands first."),
    Status.SHIPPED: gettext_lazy("By month, the latest first."),
}


@login_not_required
@remembered
@require_safe
def roadmap(request: HttpRequest) -> HttpResponse:
    """Planned, in progress and shipped lately; or one of these to its end."""
    context, wanted = _asked(request)
    if request.GET.get("status") in COLUMNS:
        status = Status(request.GET["status"])
        wanted = replace(wanted, statuses=(status,), size=ALONE)
        columns = [_column(request, status, _stretch(wanted, request))]
    else:
        beginnings = columns_of(replace(wanted, after=None), viewer(request))
        columns = [_column(request, *both) for both in zip(COLUMNS, beginnings, strict=True)]
    context |= {"section": "roadmap", "columns": columns, "alone": len(columns) == 1}
    context["everything"] = _url(request, status="")
    return _render(request, "ideas/roadmap.html", context)


@login_not_required
@remembered
@require_safe
def changelog(request: HttpRequest) -> HttpResponse:
    """What shipped, the latest first: whose idea it was, what was said, how long it took."""
    context, wanted = _asked(request)
    stretch = _stretch(replace(wanted, statuses=(Status.SHIPPED,), size=ENTRIES), request)
    with_pictures(with_credits(stretch.items))
    context |= {
        "section": "changelog",
        "months": _grouped(stretch.items, _month),
        "page": {"next_url": _next(request, stretch)},
    }
    return _render(request, "ideas/changelog.html", context)


def _asked(request: HttpRequest) -> tuple[dict[str, Any], Wanted]:
    """The filters, for the page and for the query. One that makes no sense is left out."""
    form = RecordFilterForm(request.GET, boards=list(Board.objects.in_order()))
    form.is_valid()
    board, tag = (form.cleaned_data.get(name) or "" for name in ("board", "tag"))
    wanted = Wanted(board=board, tag=tag, after=place(request.GET.get("cursor", "")))
    context = {
        "filters": form,
        "is_filtered": bool(board or tag),
        "board_query": f"?board={board}" if board else "",
    }
    return context, wanted


def _stretch(wanted: Wanted, request: HttpRequest) -> Stretch:
    try:
        return stretch_of(wanted, viewer(request))
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error


def _column(request: HttpRequest, status: Status, stretch: Stretch) -> dict[str, Any]:
    by = _month if status == Status.SHIPPED else _when
    return {
        "status": status,
        "heading": HEADINGS[status],
        "line": LINES[status],
        "groups": _grouped(stretch.items, by),
        "more_url": _next(request, stretch, status=status.value),
    }


def _grouped(ideas: Iterable[Idea], by: Callable[[Idea], str]) -> list[tuple[str, list[Idea]]]:
    """Ideas under headings, each heading where its first idea stands."""
    groups: dict[str, tuple[str, list[Idea]]] = {}
    for idea in ideas:
        heading = by(idea)
        groups.setdefault(heading.casefold(), (heading, []))[1].append(idea)
    return list(groups.values())


def _when(idea: Idea) -> str:
    story = idea.story  # type: ignore[attr-defined]
    return story.rough_when or _("No date yet")


def _month(idea: Idea) -> str:
    return date_format(timezone.localtime(idea.tally.decided_at), "YEAR_MONTH_FORMAT")


def _next(request: HttpRequest, stretch: Stretch, **changes: str) -> str:
    """The address of what follows; empty where nothing does."""
    return _url(request, cursor=stretch.next.encode(), **changes) if stretch.next else ""


def _url(request: HttpRequest, **changes: str) -> str:
    kept = {k: str(v) for k, v in request.GET.items() if k in ("board", "tag", "status")}
    return "?" + urlencode({k: v for k, v in (kept | changes).items() if v})


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    part = "#results" if request.headers.get("HX-Request") else ""
    return render(request, f"{template}{part}", context)
