"""Comments, replies, helpful marks and settled points."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.diffs import diff
from community.errors import Refused
from community.models import Member
from community.remembered import remembered
from community.viewers import member_of, viewer
from ideas import policies
from ideas.forms import CommentEditForm, CommentForm
from ideas.models import Comment, Idea
from ideas.services import discussing
from ideas.views.pages import page, standing, visible


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something, or reply when `parent` is given."""
    member = member_of(request)
    idea = visible(pk, member)
    form = CommentForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            done = discussing.comment(
                idea=idea,
                by=member,
                body=said["body"],
                kind=said["kind"],
                parent=_parent(request, idea),
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return redirect(done)
    # What was typed for an idea that was merged is kept for the one that stands for it.
    context = page(standing(pk, member), member) | {"comment_form": form}
    return render(request, "ideas/detail.html", context, status=422)


def _parent(request: HttpRequest, idea: Idea) -> Comment | None:
    asked = request.POST.get("parent", "")
    if not asked:
        return None
    return get_object_or_404(idea.comments.shown(), pk=int(asked) if asked.isdecimal() else 0)


def shown_comment(pk: int, member: Member | None) -> Comment:
    """A comment on an idea that somebody may see, or 404."""
    ideas = Idea.objects.visible_to(member).values("pk")
    rows = Comment.objects.shown().select_related("idea__board__team", "author", "team")
    return get_object_or_404(rows.filter(idea__in=ideas), pk=pk)


@require_http_methods(["GET", "POST"])
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's comment."""
    member = member_of(request)
    said = shown_comment(pk, member)
    policies.can_edit_comment(member, said).enforce()
    first = {"body": said.body, "version": said.version}
    form = CommentEditForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            discussing.edit_comment(comment=said, by=member, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return redirect(said)
    context = {"comment": said, "idea": said.idea, "board": said.idea.board, "form": form}
    status = 422 if form.errors else 200
    return render(request, "ideas/comment_edit.html", context, status=status)


@login_not_required
@remembered
@require_safe
def comment_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a comment said before, newest first."""
    said = shown_comment(pk, viewer(request))
    texts = [*said.revisions.order_by("number").values_list("body", flat=True), said.body]
    pairs = zip(["", *texts], texts, strict=False)
    changes = [
        {"number": number, "body_diff": diff(before, after) if number > 1 else after}
        for number, (before, after) in enumerate(pairs, start=1)
    ]
    context = {
        "comment": said,
        "idea": said.idea,
        "board": said.idea.board,
        "changes": changes[::-1],
    }
    return render(request, "ideas/comment_history.html", context)


@require_POST
def helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """Set whether a comment helped: `helpful` is true, false or empty."""
    member = member_of(request)
    said = shown_comment(pk, member)
    mark = {"true": True, "false": False}.get(request.POST.get("helpful", ""))
    said = discussing.mark_helpful(comment=said, by=member, helpful=mark)
    if not request.headers.get("HX-Request"):
        return redirect(said)
    said.viewer_marked = mark  # type: ignore[attr-defined]
    return render(request, "ideas/_comment_deeds.html#helpful", {"comment": said})


@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a question or concern, or take it up again: `resolved` says which."""
    said = shown_comment(pk, member_of(request))
    resolved = request.POST.get("resolved") == "true"
    discussing.resolve(comment=said, by=member_of(request), resolved=resolved)
    return redirect(said)
