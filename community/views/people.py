"""Members as others see them: the directory, profiles and their tabs."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from community import avatars, circle, policies, tabs
from community.cursors import BadCursor
from community.directory import Wanted, people
from community.forms import PeopleForm
from community.models import FormerHandle, Member
from community.remembered import remembered
from community.viewers import viewer

A_DAY = 86_400


@login_not_required
@remembered
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Members who let themselves be found, by name; or those with a name, a tag or a place."""
    form = PeopleForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    wanted = Wanted(
        name=asked.get("q") or "",
        tag=asked.get("tag") or "",
        place=asked.get("place") or "",
        cursor=request.GET.get("cursor", ""),
    )
    try:
        page = people(wanted, viewer(request))
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    context = {
        "section": "people",
        "form": form,
        "page": {"items": page.items, "next_url": _next(request, page.next)},
        "is_filtered": any((wanted.name, wanted.tag, wanted.place)),
    }
    part = "#people" if request.headers.get("HX-Request") else ""
    return render(request, f"community/directory.html{part}", context)


def _next(request: HttpRequest, cursor: str) -> str:
    """The address of the page behind this one; empty on the last one."""
    kept = {k: str(v) for k, v in request.GET.items() if v and k != "cursor"}
    return "?" + urlencode(kept | {"cursor": cursor}) if cursor else ""


@login_not_required
@remembered
@require_safe
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """What a member shows of themselves to whoever looks."""
    member = seen(handle, viewer(request))
    if member is None or handle != member.handle:
        return _moved(handle, viewer(request))
    if member.is_blocked:  # type: ignore[attr-defined]
        return render(request, "community/profile_blocked.html", {"member": member})
    return render(request, "community/profile.html", _about(member, viewer(request)))


@login_not_required
@remembered
@require_safe
def tab(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """One of the lists of a profile, if it is shown to whoever looks."""
    member = seen(handle, viewer(request))
    if member is None or member.is_blocked:  # type: ignore[attr-defined]
        raise Http404
    open_tabs = tabs.of(member)
    chosen = next((tab for tab in open_tabs if tab.slug == slug), None)
    if chosen is None:
        raise Http404
    try:
        page = chosen.read(member, viewer(request), request.GET.get("cursor", ""))
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    context = _head(member, viewer(request), open_tabs) | {
        "tab": chosen,
        "page": {"items": page.items, "next_url": _next(request, page.next)},
    }
    part = "#rows" if request.headers.get("HX-Request") else ""
    return render(request, f"community/profile_tab.html{part}", context)


def seen(handle: str, looking: Member | None) -> Member | None:
    """The member of that handle, if whoever looks may see that they are here."""
    found: Member | None = Member.objects.seen_by(looking).filter(handle=handle.lower()).first()
    return found


def _moved(handle: str, looking: Member | None) -> HttpResponse:
    """On to where a handle leads: in small letters, or to the one that the member has now."""
    handle = handle.lower()
    member = seen(handle, looking)
    if member is None:
        former = get_object_or_404(FormerHandle, handle=handle)
        member = get_object_or_404(Member.objects.seen_by(looking), pk=former.member_id)
    answer = redirect("community:profile", member.handle, permanent=True)
    # Permanent, but looked at again: after a year the handle may be somebody else's.
    answer["Cache-Control"] = f"max-age={A_DAY}"
    return answer


def _head(member: Member, looking: Member | None, open_tabs: list[tabs.Tab]) -> dict[str, Any]:
    """What stands above every tab."""
    context = {
        "section": "people",
        "member": member,
        "other": member,
        "teams": member.teams.all(),
        "tabs": open_tabs,
        "shows_location": member.shows("location"),
    }
    if looking is not None:
        between = circle.between(looking, member)
        context |= {
            "between": between,
            "mutual": circle.mutual(looking, member),
            "can_ask": between.state == "none" and policies.can_ask(looking, member, between),
        }
    return context


def _about(member: Member, looking: Member | None) -> dict[str, Any]:
    profile = member.profile
    return _head(member, looking, tabs.of(member)) | {
        "bio_html": profile.bio_html if member.shows("bio") else "",
        "tags": profile.tags.all() if member.shows("tags") else [],
        "links": member.links.all() if member.shows("links") else [],
    }


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY, stale_while_revalidate=7 * A_DAY)
def avatar(request: HttpRequest, handle: str) -> HttpResponse:
    """The drawn picture; an uploaded one has an address of its own."""
    member = get_object_or_404(Member.objects.only("handle", "display_name"), handle=handle)
    return HttpResponse(
        avatars.drawn(member.handle, member.display_name), content_type="image/svg+xml"
    )
