"""The public log of votes that were voided."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from community.cursors import BadCursor
from community.remembered import remembered
from ideas import voided


@login_not_required
@remembered
@require_safe
def votes(request: HttpRequest) -> HttpResponse:
    """How many votes were voided, when, where and why, and what was undone. Names nobody."""
    cursor = request.GET.get("cursor", "")
    try:
        page = voided.log_of(cursor)
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    context = {
        "section": "votes",
        "rows": page.items,
        "page": {"next_url": f"?{urlencode({'cursor': page.next})}" if page.next else ""},
        "is_first": not cursor,
    }
    return render(request, "ideas/votes.html", context)
