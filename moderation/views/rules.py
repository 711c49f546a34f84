"""The house rules, clause by clause. They stand at the addresses of the other policies."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from community import markdown
from community.diffs import diff
from community.models.policy import PolicyKind
from community.remembered import remembered
from community.views.policies import around, find
from moderation.comparing import compare
from moderation.models import Clause, HouseRules


@login_not_required
@remembered
@require_safe
def rules(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """They as they are now, were or will be."""
    found = find(PolicyKind.RULES, number)
    if found is None:
        return redirect("community:policies")
    clauses = list(Clause.objects.filter(version=found.pk))
    for clause in clauses:
        clause.html = markdown.render(clause.text)  # type: ignore[attr-defined]
    return render(request, "moderation/rules.html", around(found) | {"clauses": clauses})


@login_not_required
@remembered
@require_safe
def changes(request: HttpRequest, number: int) -> HttpResponse:
    """What a version changed against the one before, clause by clause."""
    after = get_object_or_404(HouseRules.objects.published(), number=number)
    before = HouseRules.objects.before(after)
    then = Clause.objects.filter(version=before.pk) if before else Clause.objects.none()
    now = Clause.objects.filter(version=after.pk)
    context = {
        "policy": after,
        "before": before,
        "text": diff(before.text, after.text) if before else after.text,
        "clauses": compare(list(then), list(now)),
    }
    return render(request, "moderation/rules_changes.html", context)
