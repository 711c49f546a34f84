"""Posting, drafting and editing ideas."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import markdown
from community.errors import Refused
from community.models import Member
from community.viewers import member_of, viewer
from ideas import finding, policies
from ideas.forms import IdeaForm, RevisionForm
from ideas.models import Idea, IdeaImage
from ideas.services import pictures, writing

MOST_PREVIEWED = 20_000


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write an idea: post it, keep it as a draft, or look at it first."""
    member = member_of(request)
    first = {"language": member.language, "board": _board(request), "title": request.GET.get("q")}
    form = IdeaForm(request.POST or None, request.FILES or None, initial=first)
    return _write(request, form, member, None)


def _board(request: HttpRequest) -> int | None:
    boards = IdeaForm().fields["board"].queryset  # type: ignore[attr-defined]
    slug = request.GET.get("board", "")
    return next((board.pk for board in boards if board.slug == slug), None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft, or revise what is posted."""
    member = member_of(request)
    idea = get_object_or_404(Idea.objects.visible_to(member).for_page(member), pk=pk)
    policies.can_edit(member, idea).enforce()
    first = {
        "title": idea.title,
        "body": idea.body,
        "board": idea.board_id,
        "language": idea.language,
        "tags": [tag.name for tag in idea.tags.all()],
        "version": idea.version,
        "draft_version": idea.draft_version,
    }
    kind = IdeaForm if idea.is_draft else RevisionForm
    form = kind(_sent(request, idea), request.FILES or None, initial=first)
    return _write(request, form, member, idea)


def _sent(request: HttpRequest, idea: Idea) -> QueryDict | None:
    """What was typed. A draft that was posted meanwhile is an older version of what stands."""
    if not request.POST or idea.is_draft or "version" in request.POST:
        return request.POST or None
    sent = request.POST.copy()
    sent["version"] = "0"
    return sent


def _write(request: HttpRequest, form: IdeaForm, member: Member, idea: Idea | None) -> HttpResponse:
    action = request.POST.get("action", "post")
    extra: dict[str, Any] = {}
    if request.method == "POST" and action == "preview":
        extra["preview"] = _preview(request)
    elif request.method == "POST" and form.is_valid():
        try:
            return redirect(_save(request, form, member, idea, action))
        except Refused as refused:
            extra["refusal"] = refused.reason
            if refused.code == "stale" and idea is not None:
                extra["theirs"] = _beside(form, idea)
    elif request.method == "POST" and form["title"].data:
        extra["similar"] = finding.twins(title=str(form["title"].data), viewer=member)
    images = idea.images.all() if idea else ()
    may_post = idea is None or policies.can_send_off(member, idea)
    context = {"form": form, "idea": idea, "images": images, "section": "ideas"} | extra
    context["may_post"] = may_post
    failed = form.errors or "refusal" in extra
    return render(request, "ideas/form.html", context, status=422 if failed else 200)


def _beside(form: IdeaForm, idea: Idea) -> Idea:
    """What somebody saved meanwhile, to stand beside what was typed. To save again is to have
    read it."""
    theirs = Idea.objects.defer("search").get(pk=idea.pk)
    sent = QueryDict(mutable=True)
    sent.update(form.data)
    sent["version"], sent["draft_version"] = str(theirs.version), str(theirs.draft_version)
    form.data = sent
    return theirs


@transaction.atomic
def _save(
    request: HttpRequest, form: IdeaForm, member: Member, idea: Idea | None, action: str
) -> Idea | str:
    """All of one submit, or nothing of it."""
    said = form.cleaned_data
    text = {name: said[name] for name in ("title", "body", "tags")}
    if idea is None:
        idea = writing.written_just_now(
            author=member, board=said["board"], title=said["title"], body=said["body"]
        )
        if idea is not None and not idea.is_draft:
            return idea
    if idea is not None and not idea.is_draft:
        idea = writing.revise(
            idea=idea, by=member, version=said["version"], note=said["note"], **text
        )
    else:
        idea = writing.save_draft(
            author=member, draft=idea, version=said["draft_version"],
            board=said["board"], language=said["language"], **text,
        )  # fmt: skip
    _set_pictures(request, said["images"], idea, member)
    if not idea.is_draft:
        return idea
    if action == "draft":
        messages.success(request, _kept(idea))
        return "ideas:drafts"
    return writing.post(draft=idea, by=member)


def _kept(idea: Idea) -> str:
    if idea.co_author_ids:
        return _("The draft is kept, for you and those who write it with you.")
    return _("Your draft is kept. Only you can see it.")


def _set_pictures(request: HttpRequest, files: list[Any], idea: Idea, member: Member) -> None:
    gone = [int(pk) for pk in request.POST.getlist("remove_images") if pk.isdecimal()]
    for picture in IdeaImage.objects.filter(idea=idea, pk__in=gone):
        pictures.remove_picture(picture=picture, by=member)
    for file in files:
        pictures.add_picture(idea=idea, by=member, file=file)


def _preview(request: HttpRequest) -> str:
    return markdown.render(request.POST.get("body", "")[:MOST_PREVIEWED])


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as it will look."""
    return render(request, "ideas/_preview.html", {"preview": _preview(request)})


@login_not_required
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Ideas that say about the same as a title that is being typed."""
    found = finding.twins(title=request.GET.get("title", ""), viewer=viewer(request))
    return render(request, "ideas/_similar.html", {"similar": found})


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    member = member_of(request)
    draft = get_object_or_404(Idea.objects.filter(author=member), pk=pk)
    writing.discard_draft(draft=draft, by=member)
    messages.success(request, _("The draft is gone."))
    return redirect("ideas:drafts")
