"""Pages about badges: what there is to earn, and who has it."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from community.cursors import BadCursor
from community.viewers import viewer as viewer_of
from reputation import collection
from reputation.badges import BY_SLUG


@login_not_required
@require_safe
def badges(request: HttpRequest) -> HttpResponse:
    """All badges by grade, with how many members have each."""
    shelves = collection.shelves(viewer_of(request))
    return render(request, "reputation/badges.html", {"shelves": shelves})


@login_not_required
@require_safe
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """One badge, and who has it, as far as they let whoever looks find them."""
    asked = BY_SLUG.get(slug)
    if asked is None:
        raise Http404
    viewer = viewer_of(request)
    try:
        page = collection.holders(asked, viewer, request.GET.get("cursor", ""))
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    context = {
        "shown": collection.one(asked, viewer),
        "page": {
            "items": page.items,
            "next_url": "?" + urlencode({"cursor": page.next}) if page.next else "",
        },
    }
    return render(request, "reputation/badge.html", context)
