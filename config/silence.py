"""Who is suspended signs in, reads, takes their data along and complains, and writes nothing: one
rule in front of every page. The API's is in community.permissions."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from community.errors import Refused
from community.models import Member
from community.policies.writing import can_write
from config import errors

Next = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# What they may send all the same: their account and their data, how they are told, what they agree
# to, complaints; and what has a rule of its own.
OPEN = (
    "/accounts/", "/settings/data/", "/settings/notifications/", "/notifications/", "/policies/",
    "/statements/", "/language/", "/unsubscribe/", "/goodbye/", "/come-back/", "/api/",
)  # fmt: skip


def keep_the_suspended_from_writing(get_response: Next) -> Next:
    """Middleware: what a suspended member sends is refused, with the reason."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _writes(request) and isinstance(member := request.user, Member):
            verdict = can_write(member)
            if not verdict:
                return errors.refused(request, Refused(str(verdict.reason), code=verdict.code))
        return get_response(request)

    return middleware


def _writes(request: HttpRequest) -> bool:
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return is_signed_in and request.method not in SAFE and not request.path.startswith(OPEN)
