"""Staff enter the admin with a second factor: a passkey, or a code from their telephone.

Whoever has none is led to a page where they set one up; whoever has one proves it in this session.
Only the demo lets its staff in without, and says so on every page of its admin.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.models import Member
from community.viewers import member_of

Next = Callable[[HttpRequest], HttpResponse]
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
ADMIN = "/admin/"


def second_factor_for_staff(get_response: Next) -> Next:
    """Middleware: no page of the admin without it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_asked(request) and (way := _way(request)):
            return redirect(f"{reverse(way)}?{urlencode({'next': _place(request)})}")
        return get_response(request)

    return middleware


def _is_asked(request: HttpRequest) -> bool:
    return (
        settings.STAFF_NEED_SECOND_FACTOR
        and request.path.startswith(ADMIN)
        and isinstance(request.user, Member)
        and request.user.is_staff
    )


def _way(request: HttpRequest) -> str | None:
    """Where somebody has to go first, as the name of an address."""
    kinds = _kinds(member_of(request))
    if not kinds:
        return "second_factor"
    if any(step["method"] == "mfa" for step in get_authentication_records(request, request.user)):
        return None
    has_code = Authenticator.Type.TOTP in kinds
    return "mfa_reauthenticate" if has_code else "mfa_reauthenticate_webauthn"


def _kinds(member: Member) -> set[str]:
    """The second factors somebody has. Codes on paper alone are none."""
    rows = Authenticator.objects.filter(user=member, type__in=STRONG)
    return set(rows.values_list("type", flat=True))


def _place(request: HttpRequest) -> str:
    """Where they wanted to go; what a form would have done is not done behind their back."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else ADMIN


@never_cache
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why the admin asks for one, and the ways to set one up."""
    place = request.GET.get("next", ADMIN)
    if not url_has_allowed_host_and_scheme(place, allowed_hosts=None) or place[0] != "/":
        place = ADMIN
    if _kinds(member_of(request)):
        return redirect(place)
    return render(request, "account/second_factor.html", {"next": place})


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's own door asks for a password alone, so it leads to the one that asks for all."""
    answer: HttpResponse = secure_admin_login(admin.site.login)(request)
    return answer


def hint(request: HttpRequest) -> list[str] | None:
    """For the head of each page of the admin (UNFOLD)."""
    if settings.STAFF_NEED_SECOND_FACTOR:
        return None
    return [gettext("Demo: no second factor asked for"), "warning"]
