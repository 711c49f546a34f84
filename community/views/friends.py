"""Friends, requests and suggestions; blocking and muting."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import circle, policies, services
from community.circle import Between
from community.cursors import BadCursor, Page
from community.errors import Refused
from community.models import Member
from community.suggesting import suggestions as suggested
from community.viewers import member_of
from community.views.people import seen

DEEDS: dict[str, Callable[..., Any]] = {
    "ask": services.ask,
    "accept": services.accept,
    "decline": services.decline,
    "withdraw": services.withdraw,
    "end": services.unfriend,
}


@require_safe
def friends(request: HttpRequest) -> HttpResponse:
    """One's own friends, the newest first."""
    member = member_of(request)
    page = _page(lambda cursor: circle.friends_of(member, member, cursor=cursor), request)
    for row in page["items"]:
        row.between = Between(state="friends", since=row.since)
    context = {"page": page, "here": "friends", "waiting": circle.waiting_count(member)}
    return render(request, "community/friends.html", context)


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Who asked, and whom one asked: two lists, of which each pages by itself."""
    member = member_of(request)
    sent = request.GET.get("list") == "sent"
    read = circle.requests_sent if sent else circle.requests_received
    page = _page(lambda cursor: read(member, cursor=cursor), request, list="sent" if sent else "")
    for row in page["items"]:
        row.between = circle.read_from(row, member)
        row.other = row.requested_of if sent else row.requested_by
    context = {
        "page": page,
        "here": "requests",
        "sent": sent,
        "waiting": circle.waiting_count(member),
    }
    return render(request, "community/requests.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Whom one might know, and why."""
    member = member_of(request)
    context = {
        "suggestions": suggested(member),
        "between": Between(),
        "can_ask": policies.can_ask_anybody(member),
        "here": "suggestions",
        "waiting": circle.waiting_count(member),
    }
    return render(request, "community/suggestions.html", context)


def _page(read: Callable[[str], Page[Any]], request: HttpRequest, **kept: str) -> dict[str, Any]:
    try:
        page = read(request.GET.get("cursor", ""))
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    before = "".join(f"{name}={value}&" for name, value in kept.items() if value)
    return {"items": page.items, "next_url": f"?{before}cursor={page.next}" if page.next else ""}


@require_POST
def friendship(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask, answer, withdraw or end: `want` says which."""
    member, other = member_of(request), _other(request, handle)
    deed = DEEDS.get(request.POST.get("want", ""))
    if deed is None:
        raise BadRequest("There is no such deed.")
    try:
        deed(member=member, other=other)
    except Refused as refused:
        return _refused(request, other, refused)
    return _answer(request, other)


def _other(request: HttpRequest, handle: str) -> Member:
    """The member that a deed is about, if one may see that they are here."""
    other = seen(handle, member_of(request))
    if other is None:
        raise Http404
    return other


def _answer(request: HttpRequest, other: Member, refusal: str = "") -> HttpResponse:
    """What stands between both now: as a fragment, or on the page where it was asked."""
    if not request.headers.get("HX-Request"):
        return redirect(_back(request, other))
    member = member_of(request)
    between = circle.between(member, other)
    context = {
        "other": other,
        "between": between,
        "can_ask": between.state == "none" and policies.can_ask(member, other, between),
        "refusal": refusal,
        "next": _back(request, other),
    }
    status = 403 if refusal else 200
    return render(request, "community/_bond.html#bond", context, status=status)


def _refused(request: HttpRequest, other: Member, refused: Refused) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        messages.error(request, refused.reason)
    return _answer(request, other, refused.reason)


def _back(request: HttpRequest, other: Member) -> str:
    place = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return place if safe and place.startswith("/") else other.get_absolute_url()


@require_POST
def dismiss(request: HttpRequest, handle: str) -> HttpResponse:
    """Do not suggest this member again."""
    services.dismiss(member=member_of(request), other=_other(request, handle))
    # The row goes away: htmx puts nothing in its place.
    return (
        HttpResponse() if request.headers.get("HX-Request") else redirect("community:suggestions")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, handle: str) -> HttpResponse:
    """Say what blocking does; do it, or lift it: `on` says which."""
    member, other = member_of(request), _other(request, handle)
    policies.can_keep_distance(member, other).enforce()
    if request.method != "POST":
        return render(request, "community/block.html", {"member": other, "section": "people"})
    if request.POST.get("on") == "true":
        services.block(member=member, other=other)
        messages.success(request, _("You blocked %(name)s.") % {"name": other.display_name})
    else:
        services.unblock(member=member, other=other)
        words = _("%(name)s is no longer blocked.")
        messages.success(request, words % {"name": other.display_name})
    return redirect(_back(request, other))


@require_POST
def mute(request: HttpRequest, handle: str) -> HttpResponse:
    """Hear no more of a member's deeds, or hear of them again: `on` says which."""
    member, other = member_of(request), _other(request, handle)
    if request.POST.get("on") == "true":
        services.mute_member(member=member, other=other)
        words = _("You are no longer told what %(name)s does.")
    else:
        services.unmute_member(member=member, other=other)
        words = _("You are told again what %(name)s does.")
    messages.success(request, words % {"name": other.display_name})
    return redirect(_back(request, other))
