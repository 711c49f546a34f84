"""Terms and policies: the pages, and agreeing to them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community import markdown, services
from community.diffs import diff
from community.models import PolicyVersion
from community.models.policy import ConsentWay
from community.remembered import remembered
from community.viewers import member_of


@login_not_required
@remembered
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Those that hold now, and what is announced."""
    context = {
        "policies": PolicyVersion.objects.current(),
        "announced": PolicyVersion.objects.announced(),
    }
    return render(request, "community/policies.html", context)


@login_not_required
@remembered
@require_safe
def policy(request: HttpRequest, kind: str, number: int | None = None) -> HttpResponse:
    """One of them, as it is now, was or will be."""
    found = find(kind, number)
    if found is None:
        return redirect("community:policies")
    return render(request, "community/policy.html", around(found))


@login_not_required
@remembered
@require_safe
def changes(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """What one version changed against the one before, word by word."""
    after = get_object_or_404(PolicyVersion.objects.published(), kind=kind, number=number)
    before = PolicyVersion.objects.before(after)
    text = diff(before.text, after.text) if before else after.text
    context = {"policy": after, "before": before, "text": text}
    return render(request, "community/policy_changes.html", context)


def find(kind: str, number: int | None) -> PolicyVersion | None:
    """A published version, or the one that holds; None where none does. Raises Http404."""
    if number is None:
        return PolicyVersion.objects.current().filter(kind=kind).first()
    return get_object_or_404(PolicyVersion.objects.published(), kind=kind, number=number)


def around(shown: PolicyVersion) -> dict[str, Any]:
    """What the page of a version says beside its text: which it is, and which others there are."""
    versions = PolicyVersion.objects.published().filter(kind=shown.kind)
    current = PolicyVersion.objects.current().filter(kind=shown.kind).first()
    return {
        "policy": shown,
        "text": markdown.render(shown.text),
        "is_current": shown == current,
        "is_announced": shown.effective_at is not None and shown.effective_at > timezone.now(),
        "announced": versions.announced().exclude(pk=shown.pk).first(),
        "before": PolicyVersion.objects.before(shown),
        "versions": versions.order_by("-effective_at", "-number").only(
            "kind", "number", "effective_at"
        ),
    }


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
