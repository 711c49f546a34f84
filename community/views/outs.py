"""The ways out of being told by e-mail, from a link in a mail and without signing in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community import outs, services, wording
from community.models import Member, Notification
from community.models.choice import DIGESTS, Delivery
from community.outs import Out
from community.services import choosing


@login_not_required
@csrf_exempt  # mail programs post here (RFC 8058): the signed token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask what to stop, and stop it: the thing or digest of the mail, its group, or all mail."""
    out = outs.read(token)
    member = out and Member.objects.active().filter(pk=out.member_id).first()
    if not out or not member or (out.period and out.period not in DIGESTS):
        raise Http404
    with translation.override(member.language):
        context = _context(request, member, out)
        if request.method == "POST":
            context["groups"] = _obey(request, member, out)
        return render(request, "community/unsubscribe.html", context)


def _context(request: HttpRequest, member: Member, out: Out) -> dict[str, Any]:
    newest = _newest(member, out)
    group = wording.group_of(newest.kind) if newest else None
    return {
        "member": member,
        "subject": newest.subject if newest else "",
        "period": out.period,
        "group": group if group and not group.binding else None,
        "what": _what(request),
        "done": request.method == "POST",
        "undone": "undo" in request.POST,
    }


def _what(request: HttpRequest) -> str:
    """How much is meant; a mail program that posts means the thing."""
    return next((what for what in ("all", "group") if what in request.POST), "topic")


def _newest(member: Member, out: Out) -> Notification | None:
    about = Notification.objects.of(member).filter(topic=out.topic)
    return None if out.period else about.order_by("-id").first()


def _obey(request: HttpRequest, member: Member, out: Out) -> list[str]:
    """Switch off, or on again. Returns the groups that were switched, for the way back."""
    wanted, what = "undo" in request.POST, _what(request)
    if what == "all":
        services.want_mails(member=member, wanted=wanted)
    elif what == "group" and (newest := _newest(member, out)):
        groups = [wording.group_of(newest.kind).code]
        delivery = Delivery.AT_ONCE if wanted else Delivery.PAGE
        choosing.deliver(member=member, groups=groups, delivery=delivery.value)
    elif out.period:
        return _digest(request, member, out, wanted=wanted)
    elif wanted:
        services.unmute(member=member, topic=out.topic)
    else:
        services.mute(member=member, topic=out.topic)
    return []


def _digest(request: HttpRequest, member: Member, out: Out, *, wanted: bool) -> list[str]:
    if not wanted:
        return choosing.stop_digest(member=member, period=out.period)
    groups = request.POST.getlist("groups")
    choosing.deliver(member=member, groups=groups, delivery=out.period)
    return []
