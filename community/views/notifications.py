"""What a member is told, and the ways out of being told by e-mail."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import outs, services
from community.models import Member, Notification
from community.outs import Out
from community.viewers import member_of

ON_A_PAGE = 30
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Page:
    """Some notifications, and where the older ones are."""

    items: list[Notification]
    next_url: str
    previous_url: str = ""


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    found = Notification.objects.of(member_of(request)).before(_before(request)).for_list()
    items = list(found[: ON_A_PAGE + 1])
    more = len(items) > ON_A_PAGE
    items = items[:ON_A_PAGE]
    next_url = f"{reverse('community:notifications')}?before={items[-1].pk}" if more else ""
    return render(request, "community/notifications.html", {"page": Page(items, next_url)})


def _before(request: HttpRequest) -> int | None:
    """Where to go on; nonsense is taken for the beginning."""
    place = request.GET.get("before", "")
    if not (place.isascii() and place.isdigit()):
        return None
    return min(int(place[:20]), LARGEST_ID)


@require_safe
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what it tells of; it counts as read from now on."""
    told = get_object_or_404(Notification.objects.of(member_of(request)), pk=pk)
    services.mark_read(notification=told)
    if not url_has_allowed_host_and_scheme(told.url, allowed_hosts=None):
        raise Http404
    return redirect(told.url)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    services.mark_all_read(member=member_of(request))
    return redirect("community:notifications")


@login_not_required
@csrf_exempt  # mail programs post here (RFC 8058): the signed token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    out = outs.read(token)
    member = out and Member.objects.active().filter(pk=out.member_id).first()
    if not out or not member:
        raise Http404
    with translation.override(member.language):
        if request.method == "POST":
            _obey(request, member, out)
        context = {
            "member": member,
            "subject": _subject(member, out),
            "done": request.method == "POST",
            "all": "all" in request.POST,
            "undone": "undo" in request.POST,
        }
        return render(request, "community/unsubscribe.html", context)


def _obey(request: HttpRequest, member: Member, out: Out) -> None:
    wanted = "undo" in request.POST
    if "all" in request.POST:
        services.want_mails(member=member, wanted=wanted)
    elif wanted:
        services.unmute(member=member, topic=out.topic)
    else:
        services.mute(member=member, topic=out.topic)


def _subject(member: Member, out: Out) -> str:
    newest = Notification.objects.of(member).filter(topic=out.topic).order_by("-id").first()
    return newest.subject if newest else ""
