"""Deciding on the idea's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from community.errors import Refused
from community.viewers import member_of
from ideas import policies
from ideas.forms import DecisionForm
from ideas.services import steps
from ideas.views.pages import page, visible


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an idea one step on, with what the step says."""
    member = member_of(request)
    idea = visible(pk, member)
    form = DecisionForm(request.POST, idea=idea, steps=policies.steps_for(member, idea))
    if form.is_valid():
        to, seen = form.cleaned_data["to"], form.cleaned_data["seen"]
        try:
            steps.decide(idea=idea, to=to, by=member, grounds=form.grounds(), seen=seen)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return redirect(idea)
    elif not form.fields["to"].choices:  # type: ignore[attr-defined]
        policies.can_step(member, idea, request.POST.get("to", "")).enforce()
    context = page(idea, member) | {"decision_form": form, "can_decide": True}
    return render(request, "ideas/detail.html", context, status=422)
