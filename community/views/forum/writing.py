"""Opening and changing topics."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import markdown
from community.errors import Refused
from community.forms.forum import TopicEditForm, TopicForm
from community.forum import finding
from community.models import Member, Space, Topic
from community.models.topic import TopicKind
from community.policies import forum as policies
from community.services import topics
from community.viewers import member_of, viewer
from community.views.forum.topics import visible

MOST_PREVIEWED = 20_000


@require_http_methods(["GET", "POST"])
def topic_new(request: HttpRequest) -> HttpResponse:
    """Bring something up: post it, or look at it first."""
    member = member_of(request)
    form = _form(request, member)
    extra: dict[str, Any] = {}
    if request.method == "POST" and request.POST.get("action") == "preview":
        extra["preview"] = _preview(request)
    elif request.method == "POST" and form.is_valid():
        try:
            return redirect(topics.open_topic(by=member, **form.cleaned_data))
        except Refused as refused:
            extra["refusal"] = refused.reason
    return _show(request, form, extra)


def _form(request: HttpRequest, member: Member) -> TopicForm:
    every = list(Space.objects.in_order())
    spaces = [space for space in every if policies.can_open(member, space)] or every
    asked = request.GET.get("space", "")
    first = {
        "space": next((space.pk for space in spaces if space.slug == asked), None),
        "language": member.language,
        "title": request.GET.get("q"),
        "kind": request.GET.get("kind") or TopicKind.QUESTION,
    }
    announces = any(policies.answers_in(member, space) for space in spaces)
    return TopicForm(request.POST or None, initial=first, spaces=spaces, announces=announces)


def _show(
    request: HttpRequest, form: TopicForm | TopicEditForm, extra: dict[str, Any]
) -> HttpResponse:
    title = str(form["title"].value() or "")
    if title and "topic" not in extra:
        extra["similar"] = finding.similar(title=title, viewer=member_of(request))
    is_preview = "preview" in extra
    failed = not is_preview and (form.errors or "refusal" in extra)
    context = {"form": form, "section": "forum"} | extra
    return render(request, "forum/form.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "POST"])
def topic_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's topic."""
    member = member_of(request)
    topic = visible(pk, member)
    policies.can_edit_topic(member, topic).enforce()
    form = TopicEditForm(request.POST or None, initial=_as_it_is(topic))
    extra: dict[str, Any] = {"topic": topic, "space": topic.space}
    if request.method == "POST" and request.POST.get("action") == "preview":
        extra["preview"] = _preview(request)
    elif request.method == "POST" and form.is_valid():
        try:
            return redirect(topics.edit_topic(topic=topic, by=member, **form.cleaned_data))
        except Refused as refused:
            extra["refusal"] = refused.reason
    return _show(request, form, extra)


def _as_it_is(topic: Topic) -> dict[str, Any]:
    return {
        "title": topic.title,
        "body": topic.body,
        "tags": [tag.name for tag in topic.tags.all()],
        "version": topic.version,
    }


def _preview(request: HttpRequest) -> str:
    return markdown.render(request.POST.get("body", "")[:MOST_PREVIEWED])


@require_POST
def topic_preview(request: HttpRequest) -> HttpResponse:
    """The text as it will look."""
    return render(request, "forum/_preview.html", {"preview": _preview(request)})


@login_not_required
@require_safe
def topic_similar(request: HttpRequest) -> HttpResponse:
    """Topics that ask about the same as a title that is being typed."""
    found = finding.similar(title=request.GET.get("title", ""), viewer=viewer(request))
    return render(request, "forum/_similar.html", {"similar": found})
