"""Error pages that look like the site and need no database."""

import logging
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from community.errors import Refused
from config import problems
from config.problems import is_for_programs

log = logging.getLogger(__name__)

NOT_ALLOWED = 403
UNAVAILABLE = 503
# When it makes sense to try again.
SECONDS = "5"


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


def unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """PostgreSQL took too long, waits for a lock, or is not there: none of it is for ever."""
    log.error("The database gave no answer: %s", error)
    problem = is_for_programs(request)
    answer = problems.unavailable() if problem else _page("503", UNAVAILABLE)
    answer.headers["Retry-After"] = SECONDS
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    # Django calls this while it handles what went wrong, here before a view was reached.
    if isinstance(error := sys.exception(), OperationalError):
        return unavailable(request, error)
    return problems.server_error() if is_for_programs(request) else _page("500", 500)
