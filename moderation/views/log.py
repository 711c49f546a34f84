"""What moderation decided, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.cursors import Key, moment
from community.remembered import remembered
from moderation.grounds import RESTRICTIVE, Action
from moderation.models import AuditHead, Decision
from moderation.views.paging import paged

BY_TIME = Key("decided_at", moment)
HEADS = 7


@login_not_required
@remembered
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Each decision that took something away or warned: when, what and by which rule, of nobody
    named. And the seals of the chain, to hold us to."""
    decided = Decision.objects.filter(action__in=(Action.WARN, *RESTRICTIVE))
    rows = decided.select_related("case", "clause", "restriction")
    is_first = "cursor" not in request.GET
    context = {
        "page": paged(request, rows, BY_TIME),
        "is_first": is_first,
        "heads": AuditHead.objects.order_by("-day")[:HEADS] if is_first else [],
    }
    return render(request, "moderation/log.html", context)
