"""Pages about points: where they come from, and what gives them."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from community.cursors import BadCursor
from community.models import Member
from community.viewers import member_of
from reputation import explaining, policies
from reputation.explaining import Asked
from reputation.kinds import CAPPED, Kind
from reputation.models import RuleBook


@require_safe
def points(request: HttpRequest, handle: str) -> HttpResponse:
    """Every point of a member in words, for themselves and for the staff."""
    member, reader = get_object_or_404(Member, handle=handle), member_of(request)
    policies.can_see_points(reader, member).enforce()
    kept = {name: request.GET.get(name, "") for name in ("kind", "period")}
    try:
        asked = Asked(**kept, cursor=request.GET.get("cursor", ""))
        days, cursor = explaining.explain(member, reader, asked)
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    context = {
        "member": member,
        "is_own": member.pk == reader.pk,
        "days": days,
        "page": {"next_url": "?" + urlencode({**kept, "cursor": cursor}) if cursor else ""},
        "kinds": [(kind, label, kind == asked.kind) for kind, label in Kind.choices],
        "periods": [(n, label, n == asked.period) for n, label in explaining.PERIODS.items()],
        "is_filtered": any(kept.values()),
    }
    part = "#points" if request.headers.get("HX-Request") else ""
    return render(request, f"reputation/points.html{part}", context)


@login_not_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """What gives points, by which version of the rules, and since when."""
    books = list(RuleBook.objects.prefetch_related("rules"))
    tables = [{r.kind: r.points for r in book.rules.all()} for book in books]
    rows = [
        {
            "label": label,
            "capped": kind in CAPPED,
            "points": [table.get(kind, 0) for table in tables],
        }
        for kind, label in Kind.choices
    ]
    return render(request, "reputation/rules.html", {"books": books, "rows": rows})
