"""Replies: posting, changing, marking, and whom an answer helped, too."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.diffs import diff
from community.errors import Refused
from community.forms.forum import ReplyEditForm, ReplyForm
from community.forum.thread import PAGE
from community.models import Member, Reply, Topic
from community.policies import forum as policies
from community.remembered import remembered
from community.services import answers, replies
from community.viewers import member_of, viewer
from community.views.forum.topics import as_id, page, visible


@require_POST
def topic_replies(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something, to a reply when `quotes` names one."""
    member = member_of(request)
    topic = visible(pk, member)
    form = ReplyForm(request.POST)
    quoted = _quoted(request, topic)
    if form.is_valid():
        try:
            said = replies.reply(
                topic=topic, by=member, body=form.cleaned_data["body"], quotes=quoted
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return redirect(said)
    context = page(request, topic, member) | {"reply_form": form, "quoting": quoted}
    return render(request, "forum/topic.html", context, status=422)


def _quoted(request: HttpRequest, topic: Topic) -> Reply | None:
    named = request.POST.get("quotes", "")
    if not named:
        return None
    rows = topic.replies.shown().select_related("author")
    return get_object_or_404(rows, pk=as_id(named) or 0)


def _shown(pk: int, member: Member | None) -> Reply:
    """A reply in a topic that somebody may see, or 404."""
    rows = Reply.objects.in_visible_topics(member).select_related("topic__space", "author", "team")
    return get_object_or_404(rows.defer("search", "topic__search"), pk=pk)


@login_not_required
@require_safe
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a reply stands in its topic, however long that is."""
    rows = Reply.objects.in_visible_topics(viewer(request)).select_related("topic__tally")
    said = get_object_or_404(rows.only("accepted_at", "topic__tally__replies"), pk=pk)
    is_long = said.topic.tally.replies > PAGE and not said.accepted_at
    part = f"?from={said.pk}" if is_long else ""
    return redirect(f"{said.topic.get_absolute_url()}{part}#reply-{said.pk}")


@require_http_methods(["GET", "POST"])
def reply_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's reply."""
    member = member_of(request)
    said = _shown(pk, member)
    policies.can_edit_reply(member, said).enforce()
    first = {"body": said.body, "version": said.version}
    form = ReplyEditForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            replies.edit_reply(reply=said, by=member, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return redirect(said)
    context = {"reply": said, "topic": said.topic, "space": said.topic.space, "form": form}
    status = 422 if form.errors else 200
    return render(request, "forum/reply_edit.html", context | {"section": "forum"}, status=status)


@login_not_required
@remembered
@require_safe
def reply_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a reply said before, newest first."""
    said = _shown(pk, viewer(request))
    texts = [*said.revisions.order_by("number").values_list("body", flat=True), said.body]
    pairs = zip(["", *texts], texts, strict=False)
    changes = [
        {"number": number, "body_diff": diff(before, after) if number > 1 else after}
        for number, (before, after) in enumerate(pairs, start=1)
    ]
    context = {
        "reply": said,
        "topic": said.topic,
        "space": said.topic.space,
        "changes": changes[::-1],
        "section": "forum",
    }
    return render(request, "forum/reply_history.html", context)


@require_POST
def reply_helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """Set whether a reply helped: `helpful` is true, false or empty."""
    member = member_of(request)
    mark = {"true": True, "false": False}.get(request.POST.get("helpful", ""))
    said = replies.mark_helpful(reply=_shown(pk, member), by=member, helpful=mark)
    if not request.headers.get("HX-Request"):
        return redirect(said)
    said.viewer_marked = mark  # type: ignore[attr-defined]
    return render(request, "forum/_reply_deeds.html#helpful", {"reply": said})


@require_POST
def reply_solved(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an answer solved one's own problem, too, or take it back: `solved` says which."""
    member = member_of(request)
    solved = request.POST.get("solved") == "true"
    said = answers.say_solved(reply=_shown(pk, member), by=member, solved=solved)
    if not request.headers.get("HX-Request"):
        return redirect(said)
    said.viewer_solved = solved  # type: ignore[attr-defined]
    context = {"reply": said, "topic": said.topic}
    return render(request, "forum/_answer.html#solved", context)
