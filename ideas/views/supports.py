"""Supporting and following: set, never toggled."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from community.errors import Refused
from community.models import Member
from community.viewers import member_of
from ideas.cards import seat
from ideas.models import Idea
from ideas.services import following, supporting
from ideas.views.pages import page, standing


@require_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Give or withdraw support: `on` says which."""
    member = member_of(request)
    rows = Idea.objects.visible_to(member).for_votes()
    idea = get_object_or_404(rows.in_place_of(pk))
    on = request.POST.get("on") == "true"
    deed = supporting.give_support if on else supporting.withdraw_support
    try:
        idea.tally.supports = deed(idea=idea, member=member)
    except Refused as refused:
        return _refused(request, standing(pk, member), member, refused.reason)
    if not request.headers.get("HX-Request"):
        return redirect(idea)
    given = ("counted" if member.is_verified else "pending") if on else ""
    idea.viewer_support = given  # type: ignore[attr-defined]
    return render(request, "ideas/_card.html#support", {"idea": seat(idea, member)})


def _refused(request: HttpRequest, idea: Idea, member: Member, reason: str) -> HttpResponse:
    """As it stands, with the reason: the seat alone, or without JavaScript the whole page."""
    if request.headers.get("HX-Request"):
        return render(request, "ideas/_card.html#support", {"idea": idea, "refusal": reason})
    context = page(idea, member) | {"refusal": reason}
    return render(request, "ideas/detail.html", context, status=403)


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow or unfollow: `on` says which."""
    member = member_of(request)
    idea = standing(pk, member)
    on = request.POST.get("on") == "true"
    deed = following.follow if on else following.unfollow
    deed(idea=idea, member=member)
    if not request.headers.get("HX-Request"):
        return redirect(_came_from(request) or idea)
    part = "brief" if request.POST.get("brief") else "follow"
    return render(request, f"ideas/_follow.html#{part}", {"idea": idea, "following": on})


def _came_from(request: HttpRequest) -> str:
    """The list that a button stood on, for a browser without JavaScript."""
    place = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return place if safe and place.startswith("/") else ""
