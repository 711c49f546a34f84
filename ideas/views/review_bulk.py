"""The same deed on many ideas of the queue, and what became of it."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from community.viewers import member_of
from ideas.forms import (
    BulkAskForm,
    BulkAssignForm,
    BulkDecisionForm,
    BulkMergeForm,
    BulkTagForm,
)
from ideas.models import Idea
from ideas.services.bulk import (
    MOST,
    Outcome,
    ask_all,
    assign_all,
    decide_all,
    merge_all,
    tag_all,
)
from ideas.views.review_queue import Desk

# How many of the refused are named for one reason.
NAMED = 5

type Deed = Callable[[Any, list[int], Desk], Outcome]


def _tag(form: BulkTagForm, ids: list[int], desk: Desk) -> Outcome:
    return tag_all(ideas=ids, by=desk.member, add=form.cleaned_data["tags"])


def _assign(form: BulkAssignForm, ids: list[int], desk: Desk) -> Outcome:
    return assign_all(ideas=ids, by=desk.member, assignee=form.assignee, team=form.team)


def _ask(form: BulkAskForm, ids: list[int], desk: Desk) -> Outcome:
    return ask_all(ideas=ids, by=desk.member, statement=form.cleaned_data["statement"])


def _decide(form: BulkDecisionForm, ids: list[int], desk: Desk) -> Outcome:
    to = form.cleaned_data["to"]
    return decide_all(ideas=ids, to=to, by=desk.member, grounds=form.grounds())


def _merge(form: BulkMergeForm, ids: list[int], desk: Desk) -> Outcome:
    return merge_all(ideas=ids, by=desk.member, **form.cleaned_data)


DEEDS: dict[str, tuple[type[forms.Form], Deed]] = {
    "tag": (BulkTagForm, _tag),
    "assign": (BulkAssignForm, _assign),
    "ask": (BulkAskForm, _ask),
    "merge": (BulkMergeForm, _merge),
    "decide": (BulkDecisionForm, _decide),
}


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Do `deed` to every one of `ideas`. What it needs is asked first, on a page of its own."""
    desk = Desk(member_of(request))
    name = request.POST.get("deed", "")
    ids = [int(pk) for pk in request.POST.getlist("ideas") if pk.isascii() and pk.isdigit()]
    ids = [pk for pk in ids if 0 < pk < 2**63][:MOST]
    if name not in DEEDS or not ids:
        messages.info(request, _("Choose some ideas first, then what to do with them."))
        return _back(request, desk)
    form_of, deed = DEEDS[name]
    chosen = _titles(ids, desk)
    filled = "filled" in request.POST
    form = form_of(request.POST if filled else None, **_more(form_of, chosen, desk))
    if filled and form.is_valid():
        _say(request, deed(form, ids, desk))
        return _back(request, desk)
    context = {"form": form, "deed": name, "chosen": chosen, "section": "review"}
    context["query"] = _query(request, desk)
    status = 422 if filled else 200
    return render(request, "ideas/review/bulk.html", context, status=status)


def _more(form_of: type[forms.Form], chosen: list[Idea], desk: Desk) -> dict[str, Any]:
    """What some of the forms choose from."""
    if form_of is BulkAssignForm:
        return {"teams": desk.teams, "people": desk.people}
    return {"chosen": chosen} if form_of is BulkMergeForm else {}


def _titles(ids: list[int], desk: Desk) -> list[Idea]:
    chosen = Idea.objects.visible_to(desk.member).filter(pk__in=ids)
    return list(chosen.filter(board__in=desk.boards).only("title", "language"))


def _query(request: HttpRequest, desk: Desk) -> str:
    """The view that somebody came from, as far as it makes sense."""
    return desk.query(request.POST.get("query", ""))


def _back(request: HttpRequest, desk: Desk) -> HttpResponse:
    return redirect(f"{reverse('ideas:review')}?{_query(request, desk)}")


def _say(request: HttpRequest, outcome: Outcome) -> None:
    """How many were done; how many were refused, for each reason, and some of their titles."""
    done = len(outcome.done)
    if done:
        words = ngettext("Done: %(count)d idea.", "Done: %(count)d ideas.", done)
        messages.success(request, words % {"count": done})
    refused = sorted(outcome.refused, key=lambda pair: pair[1].code)
    for _code, group in groupby(refused, key=lambda pair: pair[1].code):
        pairs = list(group)
        titles = [f"“{idea.title}”" for idea, _verdict in pairs[:NAMED]]
        if len(pairs) > NAMED:
            more = ngettext("%(count)d more", "%(count)d more", len(pairs) - NAMED)
            titles.append(more % {"count": len(pairs) - NAMED})
        facts = {"reason": pairs[0][1].reason, "titles": get_text_list(titles, _("and"))}
        messages.warning(request, _("Not done: %(titles)s. %(reason)s") % facts)
