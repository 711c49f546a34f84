"""Topics of the forum and ideas, tied together from either side."""

import re

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.errors import Refused
from community.models import Member, Topic
from community.viewers import member_of
from ideas.models import Board, Idea
from ideas.services import linking

# An address on this site, or a number.
_NUMBER = re.compile(r"^(?:.*/)?(?:ideas|topics)?/?#?(\d{1,18})/?(?:[?#].*)?$")


def _topic(pk: int, member: Member) -> Topic:
    rows = Topic.objects.visible_to(member).select_related("space", "author")
    return get_object_or_404(rows.defer("search"), pk=pk)


def _named(request: HttpRequest, name: str) -> int:
    """The number in what somebody typed; 0 finds nothing."""
    match = _NUMBER.match(request.POST.get(name, "").strip())
    return int(match[1]) if match else 0


@require_POST
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an idea of a topic: the author goes on writing, a team member has offered a draft."""
    member = member_of(request)
    topic = _topic(pk, member)
    field = forms.ModelChoiceField(Board.objects.filter(accepts_ideas=True))
    try:
        board = field.clean(request.POST.get("board"))
    except forms.ValidationError:
        messages.error(request, _("Choose a board for the idea."))
        return redirect(topic)
    try:
        draft = linking.turn_into_idea(topic=topic, by=member, board=board)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect(topic)
    if draft.author_id == member.pk:
        messages.success(request, _("Your draft has the topic's words. Shape it, then post it."))
        return redirect("ideas:edit", draft.pk)
    said = _("%(name)s finds a draft with the topic's words and decides whether to post it.")
    messages.success(request, said % {"name": topic.author.display_name})
    return redirect(topic)


@require_POST
def link_idea(request: HttpRequest, pk: int) -> HttpResponse:
    """On a topic's page: tie it to the idea that is named, or untie them."""
    member = member_of(request)
    topic = _topic(pk, member)
    idea = Idea.objects.visible_to(member).filter(pk=_named(request, "idea")).first()
    if idea is None:
        messages.error(request, _("There is no idea of that number or address."))
    else:
        _set(request, topic, idea)
    return redirect(topic)


@require_POST
def link_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """On an idea's page: tie it to the topic that is named, or untie them."""
    member = member_of(request)
    idea = get_object_or_404(Idea.objects.visible_to(member), pk=pk)
    rows = Topic.objects.visible_to(member).select_related("space").defer("search")
    topic = rows.filter(pk=_named(request, "topic")).first()
    if topic is None:
        messages.error(request, _("There is no topic of that number or address."))
    else:
        _set(request, topic, idea)
    return redirect(idea)


def _set(request: HttpRequest, topic: Topic, idea: Idea) -> None:
    deed = linking.unlink if request.POST.get("on") == "false" else linking.link
    try:
        deed(topic=topic, idea=idea, by=member_of(request))
    except Refused as refused:
        messages.error(request, refused.reason)
