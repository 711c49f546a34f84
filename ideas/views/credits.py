"""Saying what was used."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from community.models import Reply
from community.viewers import member_of
from ideas.models import Idea
from ideas.services import crediting
from ideas.views.comments import shown_comment

# Of digits: any number of PostgreSQL's.
LONGEST_NUMBER = 18


@require_POST
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a comment was used, or that it was not: `used` says which."""
    member = member_of(request)
    said = shown_comment(pk, member)
    if request.POST.get("used") == "true":
        crediting.credit_comment(comment=said, by=member)
    else:
        crediting.take_back(comment=said, by=member)
    return redirect(said)


@require_POST
def reply_used(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a reply was used for the idea that is named, or that it was not."""
    member = member_of(request)
    said = get_object_or_404(Reply.objects.in_visible_topics(member).defer("search"), pk=pk)
    number = request.POST.get("idea", "")
    named = int(number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else 0
    idea = get_object_or_404(Idea.objects.visible_to(member), pk=named)
    used = request.POST.get("used") == "true"
    deed = crediting.credit_reply if used else crediting.take_reply_back
    deed(reply=said, idea=idea, by=member)
    return redirect(said)
