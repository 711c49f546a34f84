"""What a member is told."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community import services, wording
from community.cursors import LARGEST_ID
from community.models import Notification
from community.told import MOST_MARKED, Wanted, page_of
from community.viewers import member_of


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """All of them, the unread, or those of one group; newest first."""
    wanted = _wanted(request)
    member = member_of(request)
    page = page_of(member, wanted)
    kept = {"show": "unread"} if wanted.unread else {"group": wanted.group} if wanted.group else {}
    next_url = f"?{urlencode(kept | {'before': page.before})}" if page.before else ""
    context = {
        "page": {"items": page.lines, "next_url": next_url},
        "wanted": wanted,
        "groups": wording.groups(serves=member.serves),
    }
    return render(request, "community/notifications.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET.get("group", "")
    return Wanted(
        group=asked if wording.group(asked) else "",
        unread=request.GET.get("show") == "unread",
        before=_number(request.GET.get("before", "")),
    )


def _number(typed: str) -> int | None:
    """An id; nonsense is taken for none."""
    if not (typed.isascii() and typed.isdigit()):
        return None
    return min(int(typed[:20]), LARGEST_ID)


@never_cache
@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """The bell of the header, asked for now and then while a page is looked at."""
    return render(request, "components/_bell.html")


@require_safe
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what it tells of; it counts as read from now on."""
    told = get_object_or_404(Notification.objects.of(member_of(request)), pk=pk)
    services.mark_read(notification=told)
    if not url_has_allowed_host_and_scheme(told.url, allowed_hosts=None):
        raise Http404
    return redirect(told.url)


@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Mark some as read or unread: `ids`, and `read` true or false."""
    ids = [pk for typed in request.POST.getlist("ids")[:MOST_MARKED] if (pk := _number(typed))]
    services.mark(member=member_of(request), ids=ids, read=request.POST.get("read") == "true")
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The list that the form stood on."""
    address, group = reverse("community:notifications"), request.POST.get("group", "")
    if "unread" in request.POST:
        return f"{address}?show=unread"
    return f"{address}?group={group}" if wording.group(group) else address


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """They are all read."""
    services.mark_all_read(member=member_of(request))
    return redirect("community:notifications")
