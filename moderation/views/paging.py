"""Lists of moderation, page by page."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from community.cursors import BadCursor, Key, page_of

PAGE = 20


def paged(request: HttpRequest, rows: QuerySet[Any], key: Key) -> dict[str, Any]:
    """One page, as templates want it."""
    try:
        page = page_of(rows, key, request.GET.get("cursor", ""), PAGE)
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    return {
        "items": page.items,
        "next_url": f"?{urlencode({'cursor': page.next})}" if page.next else "",
    }
