"""Decisions that wait: the list of them, and what becomes of one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.errors import Refused
from community.models import Member
from community.viewers import member_of
from ideas import policies
from ideas.forms import RemarkForm, RescheduleForm
from ideas.models import Idea, PendingDecision
from ideas.services import composing

ON_A_PAGE = 30
MOST_CAME_BACK = 20
# What is said on the page, where it can be mended; anything else is an error page.
MENDABLE = ("stale", "missing_remark", "missing_publish_at", "publish_at_past", "publish_at_far")


@require_safe
def pending(request: HttpRequest) -> HttpResponse:
    """What waits for a second person or for its day on the boards one answers for."""
    member = member_of(request)
    policies.can_open_queue(member).enforce()
    rows = PendingDecision.objects.waiting().of_boards(policies.boards_of(member)).for_list()
    before = _before(request)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    more = f"?before={shown[-1].pk}" if len(found) > ON_A_PAGE else ""
    mine = PendingDecision.objects.came_back(member).of_boards(policies.boards_of(member))
    context = {
        "section": "review",
        "waiting": shown,
        "came_back": [] if before else mine.for_list()[:MOST_CAME_BACK],
        "page": {"next_url": more},
    }
    return render(request, "review/pending.html", context)


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("before", "")
    return int(asked[:18]) if asked.isascii() and asked.isdecimal() else None


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, return, reschedule or cancel what waits: `action` says which."""
    member = member_of(request)
    ideas = Idea.objects.visible_to(member).values("pk")
    rows = PendingDecision.objects.select_related("idea__board")
    waits = get_object_or_404(rows, pk=pk, idea__in=ideas)
    policies.can_see_waiting(member, waits.idea.board).enforce()
    if request.method == "POST":
        waits = _do(request, waits, member)
    done = waits.decision_id is not None
    return redirect(waits.idea) if done else redirect("ideas:compose", waits.idea_id)


type Deed = Callable[[HttpRequest, PendingDecision, Member], PendingDecision]


def _do(request: HttpRequest, waits: PendingDecision, member: Member) -> PendingDecision:
    deed = DEEDS.get(request.POST.get("action", ""))
    if deed is None:
        return waits
    try:
        waits = deed(request, waits, member)
    except Refused as refused:
        if refused.code not in MENDABLE:
            raise
        messages.error(request, refused.reason)
        return waits
    if waits.is_overtaken:
        messages.error(request, waits.remark)
    return waits


def _approve(request: HttpRequest, waits: PendingDecision, member: Member) -> PendingDecision:
    waits = composing.approve(pending=waits, by=member)
    if not waits.is_overtaken:
        words = (
            _("Approved: it is public now.")
            if waits.decision_id
            else _("Approved: it will be public on its day.")
        )
        messages.success(request, words)
    return waits


def _return(request: HttpRequest, waits: PendingDecision, member: Member) -> PendingDecision:
    waits = composing.return_(pending=waits, by=member, remark=_remark(request))
    messages.success(request, _("Returned. Its author reads what you said."))
    return waits


def _reschedule(request: HttpRequest, waits: PendingDecision, member: Member) -> PendingDecision:
    form = RescheduleForm(request.POST)
    if not form.is_valid():
        raise Refused(str(form.errors["publish_at"][0]), code="missing_publish_at")
    day = form.cleaned_data["publish_at"]
    waits = composing.reschedule(pending=waits, by=member, publish_at=day)
    messages.success(request, _("It will be public on its new day."))
    return waits


def _cancel(request: HttpRequest, waits: PendingDecision, member: Member) -> PendingDecision:
    waits = composing.cancel(pending=waits, by=member, remark=_remark(request))
    messages.success(request, _("Cancelled. It will not be published."))
    return waits


def _remark(request: HttpRequest) -> str:
    form = RemarkForm(request.POST)
    if not form.is_valid():
        raise Refused(str(form.errors["remark"][0]), code="missing_remark")
    return str(form.cleaned_data["remark"])


DEEDS: dict[str, Deed] = {
    "approve": _approve,
    "return": _return,
    "reschedule": _reschedule,
    "cancel": _cancel,
}
