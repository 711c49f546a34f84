"""The forum's front page, its spaces, and what is asked of their lists."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.cursors import BadCursor, Place
from community.forms.forum import TopicFilterForm
from community.forum.finding import CANDIDATES
from community.forum.listing import Page, Wanted, page_of
from community.forum.ordering import LATEST, ORDERS
from community.models import Member, Space, Topic
from community.remembered import remembered
from community.services import topics
from community.viewers import member_of, viewer

BESIDE = 4
FILTERS = ("kind", "tag", "author")


@login_not_required
@remembered
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every space, and the topics of all of them in one of the orders, filtered or searched."""
    context = _list(request, None) | {
        "spaces": Space.objects.in_order(),
        "announced": Topic.objects.announced()[:BESIDE],
    }
    return _render(request, "forum/index.html", context)


@login_not_required
@remembered
@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """The topics of one space."""
    space = get_object_or_404(Space.objects.for_page(viewer(request)), slug=slug)
    context = _list(request, space) | {
        "space": space,
        "announced": Topic.objects.announced().filter(tally__space=space)[:BESIDE],
    }
    return _render(request, "forum/space.html", context)


@require_POST
def space_follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow or unfollow: `on` says which."""
    member, on = member_of(request), request.POST.get("on") == "true"
    space = get_object_or_404(Space.objects.for_page(member), slug=slug)
    deed = topics.follow_space if on else topics.unfollow_space
    deed(space=space, member=member)
    if not request.headers.get("HX-Request"):
        return redirect(space)
    space.is_followed = on  # type: ignore[attr-defined]
    return render(request, "forum/_follow_space.html#follow", {"space": space})


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or only the results for htmx."""
    part = "#results" if request.headers.get("HX-Request") else ""
    return render(request, f"{template}{part}", context)


def _list(request: HttpRequest, space: Space | None) -> dict[str, Any]:
    # A filter that makes no sense is left out; the others still hold.
    form = TopicFilterForm(request.GET)
    form.is_valid()
    wanted = _wanted(form.cleaned_data, request, space)
    page = _page(wanted, viewer(request))
    return {
        "section": "forum",
        "page": {"items": page.items, "next_url": _url(request, cursor=page.next)},
        "orders": _choices(request, wanted),
        "order": wanted.order.code,
        "order_words": _order_words(wanted),
        "filters": form,
        "q": wanted.words,
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
    }


def _wanted(asked: dict[str, Any], request: HttpRequest, space: Space | None) -> Wanted:
    return Wanted(
        order=ORDERS.get(asked.get("order") or "", LATEST),
        space=space.slug if space else "",
        kind=asked.get("kind") or "",
        tag=asked.get("tag") or "",
        author=(asked.get("author") or "").removeprefix("@"),
        words=asked.get("q") or "",
        after=place_in(request),
    )


def place_in(request: HttpRequest) -> Place | None:
    """The place that an address names; nonsense is a bad request."""
    cursor = request.GET.get("cursor", "")
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
    return _("Best match first, among %(count)d matches at the most.") % {"count": CANDIDATES}
