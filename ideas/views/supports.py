"""Supporting and following: set, never toggled."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from community.errors import Refused
from community.models import Member
from community.viewers import member_of
from ideas.cards import dress
from ideas.models import Idea
from ideas.services import following, supporting
from ideas.views.pages import page, standing


@require_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Give or withdraw support: `on` says which."""
    member = member_of(request)
    idea = standing(pk, member)
    on = request.POST.get("on") == "true"
    deed = supporting.give_support if on else supporting.withdraw_support
    refusal = ""
    try:
        idea.tally.supports = deed(idea=idea, member=member)
    except Refused as refused:
        refusal = refused.reason
    if not request.headers.get("HX-Request"):
        return _back(request, idea, member, refusal)
    if not refusal:
        _as_now(idea, member, on=on)
    context = {"idea": idea, "refusal": refusal}
    return render(request, "ideas/_card.html#support", context)


def _as_now(idea: Idea, member: Member, *, on: bool) -> None:
    """What the deed changed, without reading it again."""
    given = "counted" if member.is_verified else "pending"
    idea.viewer_support = given if on else ""  # type: ignore[attr-defined]
    dress([idea], member)


def _back(request: HttpRequest, idea: Idea, member: Member, refusal: str) -> HttpResponse:
    """Without JavaScript: the idea's page, as a page of its own when there is something to say."""
    if not refusal:
        return redirect(idea)
    return _page(request, idea, member, {"refusal": refusal})


def _page(request: HttpRequest, idea: Idea, member: Member, extra: dict[str, Any]) -> HttpResponse:
    return render(request, "ideas/detail.html", page(idea, member) | extra, status=403)


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
