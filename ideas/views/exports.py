"""The public list of ideas as a file: its filters, its order, and nothing that a page hides."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.models import Member
from community.viewers import viewer
from ideas import exporting, policies
from ideas.forms import FilterForm
from ideas.listing import Wanted, page_of
from ideas.models import Board, Idea
from ideas.views.lists import wanted_of

MOST = 10_000
# So many ideas are held in memory at a time.
AT_A_TIME = 250
COLUMNS = (
    "id", "url", "title", "summary", "board", "team", "status", "author", "author_handle",
    "co_authors", "co_author_handles", "tags", "language", "supporters", "earlier_supporters",
    "comments", "posted_at", "edited_at", "answer_earned_at", "answer_due_at", "answered_at",
)  # fmt: skip

Lines = Callable[[Sequence[str], Iterator[dict[str, Any]]], Iterator[str]]


@login_not_required
@require_safe
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """As CSV, made while it is sent."""
    return _file(request, exporting.csv_lines, "text/csv; charset=utf-8", "ideas.csv")


@login_not_required
@require_safe
def export_json(request: HttpRequest) -> StreamingHttpResponse:
    """As one JSON array, made while it is sent."""
    return _file(request, exporting.json_lines, "application/json", "ideas.json")


def _file(request: HttpRequest, lines: Lines, kind: str, name: str) -> StreamingHttpResponse:
    form = FilterForm(request.GET, boards=Board.objects.in_order())
    form.is_valid()
    wanted = wanted_of(form.cleaned_data, request, None)
    member = viewer(request)
    rows = _rows(wanted, member, timezone.get_current_timezone_name())
    bound = None if policies.can_export_all(member) else MOST
    response = StreamingHttpResponse(lines(COLUMNS, islice(rows, bound)), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _rows(wanted: Wanted, member: Member | None, zone: str) -> Iterator[dict[str, Any]]:
    """The list from its place on, a page at a time. Sending ends after the request has, so the
    reader's time zone, in which days begin, is set for each page anew."""
    wanted = replace(wanted, size=AT_A_TIME)
    while True:
        with timezone.override(zone):
            page = page_of(wanted, member)
        prefetch_related_objects(page.items, "idea_tags__tag")
        yield from map(_row, page.items)
        if page.next is None:
            return
        wanted = replace(wanted, after=page.next)


def _row(idea: Idea) -> dict[str, Any]:
    # Who left has neither handle nor name, and is counted under "author" at the most.
    along = [one for one in idea.co_writers or () if one["display_name"]]  # type: ignore[attr-defined]
    return {
        "id": idea.pk,
        "url": settings.SITE_URL + idea.get_absolute_url(),
        "title": idea.title,
        "summary": idea.snippet,
        "board": idea.board.name,
        "team": idea.board.team.name,
        "status": idea.status,
        "author": str(idea.author),
        "author_handle": idea.author.handle,
        "co_authors": [one["display_name"] for one in along],
        "co_author_handles": [one["handle"] for one in along],
        "tags": sorted(row.tag.name for row in idea.idea_tags.all()),
        "language": idea.language,
        "supporters": idea.tally.supports,
        "earlier_supporters": idea.earlier_supporters,
        "comments": idea.tally.comments,
        "posted_at": idea.opened_at,
        "edited_at": idea.edited_at,
        "answer_earned_at": idea.threshold_reached_at,
        "answer_due_at": idea.answer_due_at,
        "answered_at": idea.answered_at,
    }
