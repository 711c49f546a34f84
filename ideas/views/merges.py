"""Merging from an idea's page: choosing the other idea, what its author says, and undoing it."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.errors import Refused
from community.models import Member
from community.viewers import member_of
from ideas import finding, policies
from ideas.forms import MergeForm, ObjectionForm, ReplyForm, UndoForm
from ideas.models import Idea, Merge, Support
from ideas.services import merging, tallies
from ideas.views.pages import page, visible

# A number with or without a mark, or an address of this site.
NUMBER = re.compile(r"#?(\d{1,18})|.*/ideas/(\d{1,18})/.*")
MOST_FOUND = 8


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for the idea that this one repeats, see what merging does, and do it."""
    member = member_of(request)
    idea = visible(pk, member)
    policies.can_offer_merge(member, idea).enforce()
    words = request.GET.get("q", "").strip()[:200]
    asked = request.POST.get("into") or request.GET.get("into") or words
    other = _named(asked, member)
    form = MergeForm(request.POST or None, initial={"into": other.root_id if other else None})
    context: dict[str, Any] = {"idea": idea, "board": idea.board, "words": words, "form": form}
    if other is not None:
        try:
            if request.method == "POST" and form.is_valid():
                return _done(request, idea, other, form.cleaned_data["note"])
            context |= {"preview": _preview(idea, other, member)}
        except Refused as refused:
            context |= {"refusal": refused.reason}
    context["found"] = _found(words, member, idea) if words and other is None else []
    failed = form.errors or "refusal" in context
    return render(request, "ideas/merge.html", context, status=422 if failed else 200)


def _named(asked: str, member: Member) -> Idea | None:
    """The idea whose number or address somebody typed."""
    number = NUMBER.fullmatch(asked.strip())
    if number is None:
        return None
    ideas = Idea.objects.visible_to(member).select_related("board", "merged_into__board")
    return ideas.filter(pk=int(number[1] or number[2])).first()


def _found(words: str, member: Member, idea: Idea) -> list[Idea]:
    ids = finding.ranked(Idea.objects.visible_to(member).listed().exclude(pk=idea.pk), words)
    found = Idea.objects.for_cards(member).in_bulk(ids[:MOST_FOUND])
    return [found[pk] for pk in ids if pk in found]


def _done(request: HttpRequest, idea: Idea, other: Idea, note: str) -> HttpResponse:
    made = merging.merge(duplicate=idea, survivor=other, by=member_of(request), note=note)
    if made.survivor_id != other.pk:
        words = _("“%(other)s” was merged into “%(survivor)s”, so it goes there.")
        names = {"other": other.title, "survivor": made.survivor.title}
        messages.info(request, words % names)
    return redirect(made)


@dataclass(frozen=True)
class Preview:
    """What a merge would do. `both` supported either idea; `moves` are ideas that go along."""

    survivor: Idea
    chosen: Idea
    here: int
    there: int
    both: int
    union: int
    moves: int


def _preview(idea: Idea, other: Idea, member: Member) -> Preview:
    survivor = other.merged_into or other
    policies.can_merge(member, idea, survivor).enforce()
    here = Support.objects.counted().in_group(idea.pk).values("member_id").distinct()
    there = Support.objects.supporters(survivor.pk)
    joining = Idea.objects.in_group(idea.pk).values_list("pk", flat=True)
    return Preview(
        survivor=survivor,
        chosen=other,
        here=here.count(),
        there=there.count(),
        both=there.filter(member_id__in=here).count(),
        union=tallies.union(survivor.pk, joining),
        moves=len(joining) - 1,
    )


def _live(pk: int, member: Member) -> Merge:
    """A merge that stands on a page that somebody may see, or 404."""
    ideas = Idea.objects.visible_to(member).values("pk")
    rows = Merge.objects.select_related("duplicate__merged_into")
    return get_object_or_404(rows.filter(duplicate__in=ideas), pk=pk)


@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge, and say why."""
    live = _live(pk, member_of(request))
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _again(request, live, form)
    merging.unmerge(merge=live, by=member_of(request), note=form.cleaned_data["note"])
    messages.success(request, _("The merge is undone. Both ideas stand for themselves."))
    return redirect("ideas:detail", live.duplicate_id)


@require_POST
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """What the author of a merged idea says to it: `agrees`, or an objection."""
    member, live = member_of(request), _live(pk, member_of(request))
    if request.POST.get("agrees") == "true":
        merging.agree(merge=live, by=member)
        return redirect(live)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _again(request, live, form)
    merging.object_to(merge=live, by=member, objection=form.cleaned_data["objection"])
    return redirect(live)


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an author's objection."""
    live = _live(pk, member_of(request))
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _again(request, live, form)
    merging.reply_to_objection(merge=live, by=member_of(request), reply=form.cleaned_data["reply"])
    return redirect(live)


def _again(request: HttpRequest, live: Merge, form: forms.Form) -> HttpResponse:
    """The page with what was typed, and what is wrong with it."""
    member = member_of(request)
    shown = visible(live.duplicate.root_id, member)
    failed = {"merge_form": form, "failed_merge": live.pk}
    return render(request, "ideas/detail.html", page(shown, member) | failed, status=422)
