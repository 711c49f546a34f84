"""What members can know and have of what is kept about them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community import archive, services
from community.errors import Refused
from community.models import Export, Member, SignIn
from community.privacy import FATES, exported
from community.services.exporting import KEPT_FOR as EXPORT_KEPT_FOR
from community.viewers import member_of

ON_A_PAGE = 50


@never_cache
@require_safe
def your_data(request: HttpRequest) -> HttpResponse:
    """The copy of everything, what was agreed to, and the way to the rest."""
    member = member_of(request)
    consents = member.consents.select_related("version").order_by("-pk")
    context = _export_of(member) | {"consents": consents[:ON_A_PAGE]}
    return render(request, "community/your_data.html", context)


def _export_of(member: Member) -> dict[str, object]:
    newest = Export.objects.filter(member=member).order_by("-pk").first()
    is_over = newest is not None and not (newest.is_under_way or newest.is_to_fetch)
    return {"export": newest, "export_is_over": is_over, "days": EXPORT_KEPT_FOR.days}


@never_cache
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """The part of the page that says how far the copy is, asked for while one looks at it."""
    if not request.htmx:  # type: ignore[attr-defined]  # put there by django-htmx
        return redirect("community:your_data")
    return render(request, "community/_export.html", _export_of(member_of(request)))


@require_POST
def ask_for_export(request: HttpRequest) -> HttpResponse:
    try:
        services.ask_for_export(member=member_of(request))
    except Refused as refused:
        messages.info(request, refused.reason)
    return redirect("community:your_data")


@never_cache
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The archive, for whoever asked for it, as long as it is kept."""
    member = member_of(request)
    export = get_object_or_404(Export.objects.to_fetch().filter(member=member), pk=pk)
    return archive.sent(export)


@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Who came in as this member, and whence; of three months."""
    typed = request.GET.get("before", "")
    rows = SignIn.objects.lately().filter(member=member_of(request)).order_by("-pk")
    if typed.isascii() and typed.isdigit():
        rows = rows.filter(pk__lt=min(int(typed[:20]), 2**63 - 1))
    found = list(rows[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    next_url = f"?before={shown[-1].pk}" if len(found) > ON_A_PAGE else ""
    page = {"items": shown, "next_url": next_url}
    return render(request, "community/sign_ins.html", {"page": page})


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """All kinds of things that are kept about members, and what a deletion does to each."""
    kinds = [(one.what, FATES[one.fate]) for one in exported()]
    return render(request, "community/kept.html", {"kinds": kinds})
