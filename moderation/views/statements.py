"""What was decided about one's texts and why, and complaining about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import markdown
from community.cursors import Key, moment
from community.errors import Refused
from community.models import Member
from community.viewers import member_of
from moderation import policies, services
from moderation.forms import ComplaintForm
from moderation.models import Statement
from moderation.views.paging import paged

BY_TIME = Key("informed_at", moment)


@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """All that was decided about this member's texts."""
    mine = Statement.objects.visible_to(member_of(request)).for_page()
    return render(request, "moderation/statements.html", {"page": paged(request, mine, BY_TIME)})


@require_safe
def statement(request: HttpRequest, puid: UUID) -> HttpResponse:
    """One decision: what, why, by which rule, and what can be done about it."""
    member = member_of(request)
    told = _mine(puid, member)
    decision = told.decision
    context = {
        "statement": told,
        "decision": decision,
        "case": decision.case,
        "restriction": getattr(decision, "restriction", None),
        "clause_html": markdown.render(decision.clause.text) if decision.clause else "",
        "complaint": told.answered_by,
        "may_complain": policies.can_complain(member, told),
    }
    return render(request, "moderation/statement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, puid: UUID) -> HttpResponse:
    """Say what is wrong with a decision."""
    member = member_of(request)
    told = _mine(puid, member)
    policies.can_complain(member, told).enforce()
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.complain(statement=told, by=member, words=form.cleaned_data["words"])
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Another moderator reads it and answers within a week."))
            return redirect(told)
    context = {"statement": told, "case": told.decision.case, "form": form}
    return render(request, "moderation/complain.html", context, status=422 if form.errors else 200)


def _mine(puid: UUID, member: Member) -> Statement:
    rows = Statement.objects.visible_to(member).for_page()
    return get_object_or_404(rows, puid=puid)
