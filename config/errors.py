"""Error pages that look like the site and need no database."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from community.errors import Refused
from config import problems
from config.problems import is_for_programs

NOT_ALLOWED = 403


def _page(name: str, status: int, **context: object) -> HttpResponse:
    # Rendered without a request: no session, no member, no query.
    return HttpResponse(render_to_string(f"{name}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problems.bad_request() if is_for_programs(request) else _page("400", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("403", NOT_ALLOWED)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal that no form was there to show."""
    return _page("403", NOT_ALLOWED, reason=refusal.reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page("403_csrf", NOT_ALLOWED)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problems.not_found() if is_for_programs(request) else _page("404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return problems.server_error() if is_for_programs(request) else _page("500", 500)
