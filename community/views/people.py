"""Members as others see them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from community import avatars
from community.models import Member

A_DAY = 86_400


@login_not_required
@require_safe
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    if handle != handle.lower():
        return redirect("community:profile", handle.lower(), permanent=True)
    member = get_object_or_404(Member.objects.with_profile(), handle=handle)
    return render(
        request,
        "community/profile.html",
        {"member": member, "teams": member.teams.all(), "section": "people"},
    )


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY, stale_while_revalidate=7 * A_DAY)
def avatar(request: HttpRequest, handle: str) -> HttpResponse:
    """The drawn picture; an uploaded one has an address of its own."""
    member = get_object_or_404(Member.objects.only("handle", "display_name"), handle=handle)
    return HttpResponse(
        avatars.drawn(member.handle, member.display_name), content_type="image/svg+xml"
    )
