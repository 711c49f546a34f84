"""A topic's page, its history, and the deeds on it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from community import panels
from community.cursors import BadCursor
from community.diffs import diff
from community.errors import Refused
from community.forms.forum import ReplyForm
from community.forum.thread import Thread, thread_of
from community.models import Member, Reply, Topic
from community.policies import forum as policies
from community.remembered import remembered
from community.services import answers, topics
from community.viewers import member_of, viewer
from community.views.forum.lists import place_in

LARGEST_ID = 2**63 - 1


@login_not_required
@remembered
@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """A topic with its answer and its replies."""
    member = viewer(request)
    return render(request, "forum/topic.html", page(request, visible(pk, member), member))


def visible(pk: int, member: Member | None) -> Topic:
    """One topic as its page shows it, or 404."""
    return get_object_or_404(Topic.objects.visible_to(member).for_page(member), pk=pk)


def page(request: HttpRequest, topic: Topic, member: Member | None) -> dict[str, Any]:
    """All that a topic's page shows; forms that failed are put over it by the caller."""
    thread = _thread(request, topic, member)
    beside = panels.beside(topic, member)
    for reply in [*thread.replies, *([thread.answer] if thread.answer else [])]:
        reply.panels = panels.with_reply(beside, reply)  # type: ignore[attr-defined]
    next_url = f"{topic.get_absolute_url()}?cursor={thread.next.encode()}" if thread.next else ""
    return {
        "section": "forum",
        "topic": topic,
        "space": topic.space,
        "thread": thread,
        "others": topic.tally.replies - (1 if thread.answer else 0),
        "page": {"next_url": next_url},
        "tags": topic.tags.all(),
        "panels": beside,
        **(_verdicts(request, topic, member) if member else {}),
    }


def _thread(request: HttpRequest, topic: Topic, member: Member | None) -> Thread:
    begin = None
    if (number := as_id(request.GET.get("from", ""))) is not None:
        begin = get_object_or_404(topic.replies.shown().only("pk", "helpful_score"), pk=number)
    try:
        return thread_of(topic, member, after=place_in(request), begin=begin)
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error


def as_id(word: str) -> int | None:
    """A number as somebody sent it; None for anything else."""
    if not (word.isascii() and word.isdigit()):
        return None
    return min(int(word[:20]), LARGEST_ID)


def _verdicts(request: HttpRequest, topic: Topic, member: Member) -> dict[str, Any]:
    quoted = as_id(request.GET.get("quote", ""))
    rows = topic.replies.shown().select_related("author")
    return {
        "can_reply": policies.can_reply(member, topic),
        "can_edit": policies.can_edit_topic(member, topic),
        "can_close": policies.can_close(member, topic),
        "can_choose": policies.can_choose_answer(member, topic),
        "reply_form": ReplyForm(),
        "quoting": rows.filter(pk=quoted).first() if quoted else None,
    }


@login_not_required
@remembered
@require_safe
def topic_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a topic said before, newest first."""
    topic = visible(pk, viewer(request))
    before = topic.revisions.order_by("number").values_list("title", "body")
    texts = [*before, (topic.title, topic.body)]
    changes = [
        {
            "number": number,
            "title_diff": diff(old[0], new[0]) if number > 1 else new[0],
            "body_diff": diff(old[1], new[1]) if number > 1 else new[1],
        }
        for number, (old, new) in enumerate(zip([("", ""), *texts], texts, strict=False), start=1)
    ]
    context = {"topic": topic, "space": topic.space, "changes": changes[::-1], "section": "forum"}
    return render(request, "forum/topic_history.html", context)


@require_POST
def topic_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow or unfollow: `on` says which."""
    member = member_of(request)
    topic = visible(pk, member)
    on = request.POST.get("on") == "true"
    deed = topics.follow if on else topics.unfollow
    deed(topic=topic, member=member)
    if not request.headers.get("HX-Request"):
        return redirect(topic)
    topic.is_followed = on  # type: ignore[attr-defined]
    return render(request, "forum/_follow.html#follow", {"topic": topic})


@require_POST
def topic_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more replies, or take them again: `closed` says which."""
    topic = visible(pk, member_of(request))
    closed = request.POST.get("closed") == "true"
    topics.set_closed(topic=topic, by=member_of(request), closed=closed)
    return redirect(topic)


@require_POST
def topic_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the reply that is named, or take the answer back where none is."""
    member = member_of(request)
    topic = visible(pk, member)
    try:
        _choose(request, topic, member)
    except Refused as refused:
        context = page(request, topic, member) | {"refusal": refused.reason}
        return render(request, "forum/topic.html", context, status=403)
    return redirect(topic)


def _choose(request: HttpRequest, topic: Topic, member: Member) -> Reply | None:
    named = request.POST.get("reply", "")
    if not named:
        answers.unaccept(topic=topic, by=member)
        return None
    return answers.accept(reply=answers.answer_named(topic, as_id(named) or 0), by=member)
