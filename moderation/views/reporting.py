"""Reporting something, and what became of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.cursors import Key, moment
from community.errors import Refused
from community.models import Member
from community.viewers import member_of
from moderation import policies, services
from moderation.forms import ReportForm
from moderation.models import Flag
from moderation.things import Thing, find, say
from moderation.views.paging import paged

BY_TIME = Key("flagged_at", moment)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Say which rule something breaks."""
    member = member_of(request)
    thing = _visible(kind, key, member)
    may = policies.can_flag(member, thing)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and may and form.is_valid():
        try:
            services.flag(thing=thing, by=member, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Thank you. A moderator looks at it, and you hear of it."))
            return redirect("moderation:reports")
    context = {"thing": thing, "kind": kind, "said": say(thing), "form": form, "may": may}
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


def _visible(kind: str, key: str, member: Member) -> Thing:
    thing = find(kind, key, member)
    if thing is None:
        raise Http404
    return thing


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What this member reported, and what became of it."""
    mine = Flag.objects.filter(member=member_of(request)).select_related("case", "clause")
    return render(request, "moderation/reports.html", {"page": paged(request, mine, BY_TIME)})


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report back."""
    member = member_of(request)
    mine = Flag.objects.filter(member=member).select_related("case")
    services.withdraw_flag(flag=get_object_or_404(mine, pk=pk), by=member)
    messages.success(request, _("You took your report back."))
    return redirect("moderation:reports")
