"""The public record of promises, and withdrawing one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from community.cursors import BadCursor
from community.errors import Refused
from community.remembered import remembered
from community.viewers import member_of
from ideas import policies, record
from ideas.clock import days_between, last_day
from ideas.forms import WithdrawalForm
from ideas.models import Board, Promise
from ideas.ordering import Place
from ideas.services import promising


@login_not_required
@remembered
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """What is promised on this site, and how it was kept."""
    return render(request, "ideas/promises.html", _record(request, None))


@login_not_required
@remembered
@require_safe
def board_promises(request: HttpRequest, slug: str) -> HttpResponse:
    """The same of one board, with the history of its terms."""
    board = get_object_or_404(Board.objects.in_order(), slug=slug)
    return render(request, "ideas/promises.html", _record(request, board))


def _record(request: HttpRequest, board: Board | None) -> dict[str, Any]:
    try:
        cursor = request.GET.get("cursor", "")
        overdue, behind = record.overdue(board, Place.decode(cursor) if cursor else None)
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    now = timezone.now()
    for promise in overdue:
        promise.days_late = max(1, days_between(last_day(promise.due_at), now))  # type: ignore[attr-defined]
        promise.last_day = last_day(promise.due_at)  # type: ignore[attr-defined]
    return {
        "section": "boards" if board else "promises",
        "board": board,
        "terms": record.promised(board),
        "kinds": record.record_of(board).kinds,
        "overdue": overdue,
        "withdrawn": record.withdrawn(board),
        "page": {"next_url": f"?{urlencode({'cursor': behind.encode()})}" if behind else ""},
        "is_first": not cursor,
    }


@require_http_methods(["GET", "POST"])
def withdraw_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in public that a promise will not be kept, and why."""
    member = member_of(request)
    rows = Promise.objects.select_related("board__team", "owed_on")
    promise = get_object_or_404(rows, pk=pk)
    policies.can_withdraw_promise(member, promise).enforce()
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            promising.withdraw(promise=promise, by=member, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            hidden = promise.owed_on.hidden_at
            return redirect("ideas:promises") if hidden else redirect(promise.owed_on)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "promise": promise, "idea": promise.owed_on, "board": promise.board}
    return render(request, "ideas/withdraw_promise.html", context, status=status)
