"""A member's feed, its address for other programs, and what it is made of."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from taggit.models import Tag

from community.cursors import BadCursor
from community.models import Member
from community.viewers import member_of
from ideas import followed, news
from ideas.models import Board
from ideas.news import News
from ideas.services import feeding, following
from ideas.views.supports import came_from


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What those did whom one knows and follows, the newest first."""
    member = member_of(request)
    cursor = request.GET.get("cursor", "")
    page = news_page(member, cursor)
    context: dict[str, Any] = {
        "section": "feed",
        "lines": page.lines,
        "page": {"next_url": f"?cursor={page.next}" if page.next else ""},
        "is_first": not cursor,
    }
    if not cursor:
        before = feeding.look(member=member)
        fresh = page.since(before)
        context |= {
            "before": before,
            "away": news.away_words(fresh, more=len(fresh) == len(page.lines) and page.next),
            "last_fresh": fresh[-1] if fresh and len(fresh) < len(page.lines) else None,
        }
    return render(request, "ideas/feed.html", context)


def news_page(member: Member, cursor: str) -> News:
    """A page of the feed; 400 for what is no place in it."""
    try:
        return news.page_of(member, cursor)
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error


@require_safe
def follows(request: HttpRequest) -> HttpResponse:
    """What one follows, to let go of; and the feed's address elsewhere."""
    return _follows(request, "")


@require_POST
@never_cache
def feed_address(request: HttpRequest) -> HttpResponse:
    """Make an address for the feed, or take it back: `on` says which. It is shown once."""
    member = member_of(request)
    if request.POST.get("on") != "true":
        feeding.revoke_address(member=member)
        messages.success(request, _("The address leads nowhere any more."))
        return redirect("ideas:follows")
    secret = feeding.make_address(member=member)
    return _follows(request, settings.SITE_URL + reverse("ideas:feed_atom", args=[secret]))


def _follows(request: HttpRequest, address: str) -> HttpResponse:
    member = member_of(request)
    context = {
        "section": "feed",
        "followed": followed.by(member),
        "reader": feeding.state_of(member),
        "address": address,
    }
    return render(request, "ideas/follows.html", context)


@require_POST
def follow_board(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a board, or no longer: `on` says which."""
    board = get_object_or_404(Board, slug=slug)
    member, on = member_of(request), _on(request)
    deed = following.follow_board if on else following.unfollow_board
    deed(board=board, member=member)
    return _button(request, reverse("ideas:follow_board", args=[slug]), board.name, on=on)


@require_POST
def follow_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a tag, or no longer: `on` says which."""
    tag = get_object_or_404(Tag, slug=slug)
    member, on = member_of(request), _on(request)
    deed = following.follow_tag if on else following.unfollow_tag
    deed(tag=tag, member=member)
    return _button(request, reverse("ideas:follow_tag", args=[slug]), tag.name, on=on)


def _on(request: HttpRequest) -> bool:
    return request.POST.get("on") == "true"


def _button(request: HttpRequest, deed: str, name: str, *, on: bool) -> HttpResponse:
    """The button as it stands now, or back to where it stood."""
    if not request.headers.get("HX-Request"):
        return redirect(came_from(request) or "ideas:follows")
    context = {"deed": deed, "name": name, "following": on, "next": came_from(request)}
    return render(request, "ideas/_follow_button.html", context)
