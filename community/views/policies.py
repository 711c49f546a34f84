"""Terms and policies: the pages, and agreeing to them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community import markdown, services
from community.models import PolicyVersion
from community.models.policy import ConsentWay
from community.remembered import remembered
from community.viewers import member_of


@login_not_required
@remembered
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Those that hold now."""
    current = PolicyVersion.objects.current()
    return render(request, "community/policies.html", {"policies": current})


@login_not_required
@remembered
@require_safe
def policy(request: HttpRequest, kind: str, number: int | None = None) -> HttpResponse:
    """One of them, as it is now or was."""
    versions = PolicyVersion.objects.published().filter(kind=kind).order_by("-published_at")
    newest = versions.first()
    shown = newest if number is None else get_object_or_404(versions, number=number)
    if shown is None:
        return redirect("community:policies")
    context = {
        "policy": shown,
        "text": markdown.render(shown.text),
        "is_current": shown == newest,
        "versions": versions.only("kind", "number", "published_at"),
    }
    return render(request, "community/policy.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """What was published since this member last agreed. They agree to what the page showed."""
    member = member_of(request)
    missing = list(PolicyVersion.objects.missing_for(member.pk))
    place = _place(request)
    if request.method == "POST":
        seen = [one for one in missing if str(one.pk) in request.POST.getlist("version")]
        services.agree(member=member, versions=seen, way=ConsentWay.ASKED)
        return redirect(place)
    if not missing:
        # Another browser was quicker.
        services.agree(member=member, versions=(), way=ConsentWay.ASKED)
        return redirect(place)
    return render(request, "community/agree.html", {"policies": missing, "next": place})


def _place(request: HttpRequest) -> str:
    """Where they wanted to go."""
    typed = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(typed, allowed_hosts=None) and typed[0] == "/"
    return typed if is_ours else "/"
