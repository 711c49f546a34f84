"""What every request passes through, beside Django's own."""

import secrets
import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.csp import CSP
from django.utils.http import url_has_allowed_host_and_scheme

from community.errors import Refused
from community.models import Member, SiteSettings
from community.services import consenting
from config import errors, logs

Next = Callable[[HttpRequest], HttpResponse]

# The admin (django-unfold) is a program of its own: its scripts use eval, its pages inline styles.
ADMIN_CSP = settings.SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.UNSAFE_EVAL, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
}


def request_id(get_response: Next) -> Next:
    """Name each request, in the log and in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = logs.request_id.set(secrets.token_hex(4))
        try:
            response = get_response(request)
            response.headers["X-Request-Id"] = logs.request_id.get()
            return response
        finally:
            logs.request_id.reset(token)

    return middleware


class PlainRefusals:
    """Answer what a view did not catch: refusals, a database that gives no answer, and cookies,
    paths and forms that are no text."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_nul(request):
            return errors.bad_request(request)
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_config = ADMIN_CSP  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        if isinstance(exception, OperationalError):
            return errors.unavailable(request, exception)
        return None


plain_refusals = PlainRefusals


def _has_nul(request: HttpRequest) -> bool:
    """PostgreSQL takes no NUL in texts; in an address it is never meant well."""
    return "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")


class SignInFirst(LoginRequiredMiddleware):
    """Django's own, except that a form that came after its session leads back to its page: what
    was typed waits there (drafts.js), and many forms' own addresses show nothing."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(_page_of_form(request), self.get_login_url(view_func))


def _page_of_form(request: HttpRequest) -> str:
    """Where a form was sent from, if that is a page of ours."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return "/"
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()


def visitor_language(request: HttpRequest) -> str:
    """The language of somebody we do not know: their choice, else their browser's."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return translation.get_language_from_request(request)


def anonymous_language(get_response: Next) -> Next:
    """Speak to visitors in their language, until we know who it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with translation.override(visitor_language(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    return middleware


def member_preferences(get_response: Next) -> Next:
    """Speak to members in the language and time zone that they chose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Asking for the user of a request without a session would cost a query for nothing.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, Member):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
            timezone.activate(_zone(request.user.time_zone))
        try:
            return get_response(request)
        finally:
            timezone.deactivate()

    return middleware


# What somebody who has not agreed (yet) can do all the same: read what is asked, take their data
# along, leave; and what is no page.
WITHOUT_CONSENT = (
    "/policies/", "/sanctions/", "/statements/", "/settings/data/", "/accounts/", "/goodbye/",
    "/come-back/", "/admin/", "/api/", "/notifications/count/", "/unsubscribe/",
    f"/{settings.MEDIA_URL.strip('/')}/", f"/{settings.STATIC_URL.strip('/')}/",
)  # fmt: skip


def ask_for_consent(get_response: Next) -> Next:
    """Show members what was published since they last agreed, before the page they wanted.

    Only where a whole page is read: nothing that was typed is lost.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not (_reads_a_page(request) and _is_asked(request)):
            return get_response(request)
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('community:agree')}?{query}")

    return middleware


def _is_asked(request: HttpRequest) -> bool:
    member = request.user
    site = SiteSettings.objects.current
    return isinstance(member, Member) and consenting.is_asked(member, site())


def _reads_a_page(request: HttpRequest) -> bool:
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    is_part = "HX-Request" in request.headers
    is_free = request.path.startswith(WITHOUT_CONSENT)
    return request.method == "GET" and is_signed_in and not (is_part or is_free)


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)
