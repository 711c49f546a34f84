"""Closing an account, and coming back."""

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community import policies, services
from community.adapter import COMES_BACK, comes_back
from community.errors import Refused
from community.forms import LeaveForm
from community.remembered import remembered
from community.services.departing import GRACE, HANDLE_HELD_FOR
from community.viewers import member_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def leave(request: HttpRequest) -> HttpResponse:
    """Ask what becomes of what they wrote, and close the account."""
    member = member_of(request)
    form = LeaveForm(request.POST or None, member=member)
    if form.is_valid():
        try:
            services.close_account(member=member, content=form.cleaned_data["content"])
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            logout(request)
            return redirect("community:goodbye")
    context = {
        "form": form,
        "verdict": policies.can_leave(member),
        "days": GRACE.days,
        "held_days": HANDLE_HELD_FOR.days,
    }
    status = 422 if form.errors else 200
    return render(request, "community/leave.html", context, status=status)


@login_not_required
@remembered
@require_safe
def goodbye(request: HttpRequest) -> HttpResponse:
    """The account is closed."""
    return render(request, "community/goodbye.html", {"days": GRACE.days})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Whoever has just signed in to an account that they closed opens it again, or leaves it."""
    member = comes_back(request)
    if member is None:
        return redirect(settings.LOGIN_URL)
    if request.method == "POST":
        del request.session[COMES_BACK]
        back = services.take_back(member=member)
        messages.success(request, _("Welcome back. Everything is as it was."))
        # With its second step, where there is one.
        answer: HttpResponse = perform_login(request, back)
        return answer
    return render(request, "community/come_back.html", {"departure": member.departure})
