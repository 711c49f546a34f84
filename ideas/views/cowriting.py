"""Writing a draft together: who writes it, invitations, leaving."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.errors import Refused
from community.models import Member
from community.viewers import member_of
from ideas import policies, together
from ideas.forms import FriendForm
from ideas.models import CoAuthor, Idea
from ideas.models.co_author import CoAuthorState
from ideas.services import cowriting


@require_http_methods(["GET", "POST"])
def co_authors(request: HttpRequest, pk: int) -> HttpResponse:
    """Who writes a draft, and asking friends to write along."""
    member = member_of(request)
    idea = _written_by(member, pk)
    if not idea.is_draft:
        return redirect(idea)
    form = FriendForm(request.POST or None)
    extra: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            friend = cowriting.invite(draft=idea, by=member, friend=form.cleaned_data["friend"])
        except Refused as refused:
            extra["refusal"] = refused.reason
        else:
            words = _("%(name)s is asked to co-write it.") % {"name": friend.member.display_name}
            messages.success(request, words)
            return redirect("ideas:co_authors", idea.pk)
    failed = form.errors or extra
    context = _page(idea, member) | extra | {"form": form}
    return render(request, "ideas/co_authors.html", context, status=422 if failed else 200)


def _page(idea: Idea, member: Member) -> dict[str, Any]:
    gathers = policies.can_gather(member, idea)
    return {
        "section": "ideas",
        "idea": idea,
        "hands": together.hands_of(idea),
        "can_gather": gathers,
        "friends": together.friends_to_ask(idea) if gathers else (),
    }


def _written_by(member: Member, pk: int) -> Idea:
    """An idea that the member writes, or 404."""
    idea = get_object_or_404(Idea.objects.visible_to(member).for_page(member), pk=pk)
    if not idea.is_draft or policies.writes(member, idea):
        return idea
    return get_object_or_404(Idea.objects.none())


@require_POST
def remove_co_author(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back, or a co-author's part in the draft."""
    member = member_of(request)
    idea = _written_by(member, pk)
    rows = CoAuthor.objects.filter(idea=idea).select_related("member")
    row = get_object_or_404(rows, member__handle=request.POST.get("handle", ""))
    cowriting.remove(draft=idea, by=member, co_author=row.member)
    return redirect("ideas:co_authors", idea.pk)


@require_POST
def leave_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft along no more."""
    member = member_of(request)
    cowriting.leave(draft=_written_by(member, pk), by=member)
    messages.success(request, _("You no longer co-write this draft."))
    return redirect("ideas:drafts")


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that a friend asks one to write along: read it, and say yes or no."""
    member = member_of(request)
    rows = CoAuthor.objects.select_related("idea__author", "idea__board")
    row = get_object_or_404(rows, idea=pk, member=member)
    if row.state == CoAuthorState.ACCEPTED:
        return redirect("ideas:edit" if row.idea.is_draft else "ideas:detail", pk)
    policies.can_join(member, row).enforce()
    if request.method == "GET":
        context = {"section": "ideas", "row": row, "idea": row.idea, "author": row.idea.author}
        return render(request, "ideas/invitation.html", context)
    if request.POST.get("accept") != "true":
        cowriting.leave(draft=row.idea, by=member)
        return redirect("ideas:drafts")
    cowriting.accept(draft=row.idea, by=member)
    messages.success(request, _("You co-write this draft now."))
    return redirect("ideas:edit", pk)
