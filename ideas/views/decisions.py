"""Deciding on the idea's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.errors import Refused
from community.models import Member
from community.viewers import member_of
from ideas import policies
from ideas.forms import DecisionForm
from ideas.models import Idea, PendingDecision
from ideas.services import composing, steps
from ideas.services.composing import Composed
from ideas.views.pages import page, standing, visible


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an idea one step on, with what the step says."""
    member = member_of(request)
    idea = visible(pk, member)
    choices = policies.steps_for(member, idea)
    if not choices:
        policies.can_step(member, idea, request.POST.get("to", "")).enforce()
    form = DecisionForm(request.POST, idea=idea, steps=choices)
    try:
        if form.is_valid():
            to, seen = form.cleaned_data["to"], form.cleaned_data["seen"]
            composed = Composed(to=to, grounds=form.grounds(), seen=seen)
            say_what_happens(request, composing.submit(idea=idea, by=member, composed=composed))
            return redirect(idea)
        steps.refuse_if_stale(idea, form.cleaned_data.get("seen"))
    except Refused as refused:
        idea, form = _caught_up(request, pk, member)
        form.add_error(None, refused.reason)
    context = page(idea, member) | {"decision_form": form, "can_decide": True}
    return render(request, "ideas/detail.html", context, status=422)


def _caught_up(request: HttpRequest, pk: int, member: Member) -> tuple[Idea, DecisionForm]:
    """The idea as it is now, and what was typed, ready to be sent again from there."""
    idea = standing(pk, member)
    typed = request.POST.copy()
    typed["seen"] = str(steps.last_decision(idea))
    form = DecisionForm(typed, idea=idea, steps=policies.steps_for(member, idea))
    form.full_clean()
    return idea, form


def say_what_happens(request: HttpRequest, made: object) -> None:
    """Where a decision is not public yet, say what it waits for."""
    if not isinstance(made, PendingDecision):
        return
    if made.is_proposed:
        messages.success(request, _("A colleague looks at it now. Then it is public."))
    else:
        messages.success(request, _("It will be public on its day."))
