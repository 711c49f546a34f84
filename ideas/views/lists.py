"""Home, the list of ideas, boards and drafts."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.cursors import BadCursor
from community.models import Member
from community.remembered import remembered
from community.viewers import member_of, viewer
from ideas import record, roadmap
from ideas.cards import dress
from ideas.finding import CANDIDATES
from ideas.forms import FilterForm
from ideas.listing import Page, Wanted, first, page_of
from ideas.models import Board, Decision, Idea
from ideas.ordering import HOT, ORDERS, Place
from ideas.status import Status

FILTERS = ("board", "status", "tag", "author", "since", "until")


@login_not_required
@remembered
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What moves people, what was answered, what is owed."""
    member = viewer(request)
    context = {
        "ideas": first(Wanted(order=HOT), member, 8),
        "decided": Decision.objects.lately().for_quotes()[:3],
        "owed": _owed(),
        "promise": record.promises_kept(),
        "boards": Board.objects.in_order(),
        "shipped": roadmap.shipped_lately(3),
    }
    return render(request, "home.html", context)


def _owed(board: Board | None = None) -> list[Idea]:
    ideas = Idea.objects.visible_to(None).waiting().for_cards(None)
    return dress(ideas.filter(board=board)[:5] if board else ideas[:5], None)


@login_not_required
@remembered
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All ideas in one of the orders, filtered or searched."""
    # Asked for where the address filters, and where the parts that show them are made anew.
    boards = Board.objects.in_order()
    form = FilterForm(request.GET, boards=boards)
    context = _list(request, form) | {
        "section": "ideas",
        "boards": boards,
        "decided": Decision.objects.lately().select_related("idea")[:4],
    }
    return _render(request, "ideas/index.html", context)


@login_not_required
@remembered
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The ideas of one board, and what its team promises."""
    board = get_object_or_404(Board.objects.in_order(), slug=slug)
    form = FilterForm(request.GET, boards=())
    del form.fields["board"]
    context = _list(request, form, board) | {
        "section": "boards",
        "board": board,
        "owed": _owed(board),
        "decided": Decision.objects.lately().filter(idea__board=board).select_related("idea")[:4],
    }
    return _render(request, "ideas/board.html", context)


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or only the results for htmx."""
    part = "#results" if request.headers.get("HX-Request") else ""
    return render(request, f"{template}{part}", context)


def _list(request: HttpRequest, form: FilterForm, board: Board | None = None) -> dict[str, Any]:
    # A filter that makes no sense is left out; the others still hold.
    form.is_valid()
    wanted = wanted_of(form.cleaned_data, request, board)
    page = _page(wanted, viewer(request))
    return {
        "page": {"items": page.items, "next_url": _url(request, cursor=page.next)},
        "order": wanted.order.code,
        "orders": _choices(request, wanted),
        "order_words": _order_words(wanted),
        "filters": form,
        "q": wanted.words,
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
        "exports": _exports(request, wanted, board),
    }


def _exports(request: HttpRequest, wanted: Wanted, board: Board | None) -> list[dict[str, str]]:
    """The whole list as files: with the same filters, in the same order."""
    asked = {k: str(v) for k, v in request.GET.items() if v and k != "cursor"}
    asked |= {"order": wanted.order.code} | ({"board": board.slug} if board else {})
    addresses = (("CSV", reverse("ideas:export_csv")), ("JSON", reverse("ideas:export_json")))
    return [{"label": label, "url": f"{to}?{urlencode(asked)}"} for label, to in addresses]


def wanted_of(asked: dict[str, Any], request: HttpRequest, board: Board | None) -> Wanted:
    """What an address asks for."""
    return Wanted(
        order=ORDERS.get(asked.get("order") or "", HOT),
        board=board.slug if board else asked.get("board") or "",
        status=asked.get("status") or "",
        tag=asked.get("tag") or "",
        author=(asked.get("author") or "").removeprefix("@"),
        since=asked.get("since"),
        until=asked.get("until"),
        words=asked.get("q") or "",
        after=place(request.GET.get("cursor", "")),
    )


def place(cursor: str) -> Place | None:
    """Where the page begins that an address names; 400 for what is no place."""
    try:
        return Place.decode(cursor) if cursor else None
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error


def _page(wanted: Wanted, member: Member | None) -> Page:
    try:
        return page_of(wanted, member)
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error


def _choices(request: HttpRequest, wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {
            "code": order.code,
            "label": order.label,
            "url": _url(request, order=order.code),
            "current": order is wanted.order,
        }
        for order in ORDERS.values()
    ]


def _url(request: HttpRequest, **changes: Any) -> str:
    """The address of this list with other parameters; empty for a place that is not there."""
    if "cursor" in changes:
        if changes["cursor"] is None:
            return ""
        changes["cursor"] = changes["cursor"].encode()
    kept = {k: v for k, v in request.GET.items() if v and k != "cursor"}
    return "?" + urlencode(kept | changes)


def _order_words(wanted: Wanted) -> str:
    """The one line that says how the list is ordered."""
    if not wanted.words:
        return str(wanted.order.line)
    words = _(
        "Best match first, among %(count)d at the most: of the most supported and the newest."
    )
    return words % {"count": CANDIDATES}


@login_not_required
@remembered
@require_safe
def ordering(request: HttpRequest) -> HttpResponse:
    """How lists are ordered, in public."""
    return render(request, "ideas/ordering.html", {"section": "ideas"})


@login_not_required
@remembered
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """Every board with its team and promise."""
    context = {"boards": Board.objects.in_order(), "section": "boards"}
    return render(request, "ideas/boards.html", context)


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """One's own drafts, newest first."""
    mine = Idea.objects.filter(author=member_of(request), status=Status.DRAFT)
    rows = mine.select_related("board").order_by("-id")[:100]
    return render(request, "ideas/drafts.html", {"drafts": rows})
