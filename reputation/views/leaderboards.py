"""Who has the most points: now, and in weeks, months and years that are over."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from community.cursors import BadCursor
from community.sections import Section
from community.viewers import viewer as viewer_of
from reputation import leading
from reputation.leading import Part
from reputation.periods import ENDING, Area, Period

PAST = {
    Period.WEEK: _("By week"),
    Period.MONTH: _("By month"),
    Period.YEAR: _("By year"),
}
BEFORE = {
    Period.WEEK: _("Last week"),
    Period.MONTH: _("Last month"),
    Period.YEAR: _("Last year"),
}


@login_not_required
@require_safe
def leaderboard(request: HttpRequest) -> HttpResponse:
    """The first hundred of a time, of the whole site, a board or a tag."""
    period = _period(request, Period.values, Period.WEEK)
    boards = leading.boards()
    part = _part(request, boards)
    shown = leading.read(part, period, viewer_of(request))
    context = {
        "section": "people",
        "shown": shown,
        "listed": shown.listed,
        "part": part,
        "before": BEFORE.get(period),
        "newcomers_url": _address(Period.NEWCOMERS, part),
        "tabs": [(one.label, _address(one, part), one == period) for one in Period],
        "boards": [(one, one.slug == part.slug and part.area == Area.BOARD) for one in boards],
        "tags": [(one, _address(period, _of(one)), one.pk == part.number and part.area == Area.TAG)
                 for one in leading.busiest_tags()],
        "everywhere_url": _address(period, Part()),
    }  # fmt: skip
    piece = "#leaders" if request.headers.get("HX-Request") else ""
    return render(request, f"reputation/leaderboard.html{piece}", context)


def _period(request: HttpRequest, allowed: Sequence[str], default: Period) -> Period:
    asked = request.GET.get("period") or default
    if asked not in allowed:
        raise Http404
    return Period(asked)


def _part(request: HttpRequest, boards: Sequence[Section]) -> Part:
    board, tag = request.GET.get("board", ""), request.GET.get("tag", "")
    if board and tag:
        raise BadRequest("A leaderboard is of a board or of a tag.")
    part = leading.part_of(boards, board, tag)
    if part is None:
        raise Http404
    return part


def _of(tag: Any) -> Part:
    return Part(Area.TAG, tag.pk, tag.slug, tag.name)


def _address(period: Period, part: Part) -> str:
    where = {part.area.value: part.slug} if part.slug else {}
    return "?" + urlencode({"period": period.value} | where)


@login_not_required
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """The first three of each week, month or year that is over."""
    period = _period(request, ENDING, Period.WEEK)
    try:
        page = leading.past(period, viewer_of(request), request.GET.get("cursor", ""))
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    following = urlencode({"period": period.value, "cursor": page.next}) if page.next else ""
    context = {
        "section": "people",
        "period": period,
        "tabs": [(label, f"?period={one.value}", one == period) for one, label in PAST.items()],
        "page": {"items": page.items, "next_url": f"?{following}" if following else ""},
    }
    piece = "#past" if request.headers.get("HX-Request") else ""
    return render(request, f"reputation/past_leaderboards.html{piece}", context)
