"""Roadmap and changelog for feed readers: Atom (RFC 4287) and JSON Feed 1.1."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import SyndicationFeed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_safe

from community.feeds import ENTRIES, Atom, Dated, absolute, written
from community.models import Member, SiteSettings
from community.remembered import remembered
from ideas import news, roadmap
from ideas.models import Board, Idea
from ideas.news import Line
from ideas.services import feeding
from ideas.status import Status


class JsonFeed(Dated, SyndicationFeed):
    """https://www.jsonfeed.org/version/1.1/"""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["subtitle"],
            "language": self.feed["language"],
            "items": [self._item(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False).encode(encoding))

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_html": item["description"],
            "date_published": item["pubdate"].isoformat(),
            "date_modified": item["updateddate"].isoformat(),
            "authors": [{"name": item["author_name"], "url": item["author_link"]}],
            "tags": list(item["categories"]),
        }


class RoadmapFeed(Feed[Idea, Board | None]):
    """The latest decisions that put an idea on the roadmap or moved it along."""

    statuses: tuple[Status, ...] = roadmap.COLUMNS
    page = "ideas:roadmap"
    feed_type: type[SyndicationFeed] = Atom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Board | None:
        slug = request.GET.get("board", "")
        if not slug.isprintable():
            raise Http404
        return get_object_or_404(Board, slug=slug) if slug else None

    def title(self, board: Board | None) -> str:
        name = SiteSettings.objects.current().name
        return written(f"{self.heading()}: {board.name}" if board else f"{name}: {self.heading()}")

    def heading(self) -> str:
        return _("Roadmap")

    def subtitle(self, board: Board | None) -> str:
        return _("What is planned, in the works and shipped lately, and whose idea it was.")

    # JSON Feed calls it a description.
    description = subtitle

    def link(self, board: Board | None) -> str:
        return absolute(reverse(self.page) + _query(board))

    def feed_url(self, board: Board | None) -> str:
        suffix = "json" if issubclass(self.feed_type, JsonFeed) else "atom"
        return absolute(f"{reverse(self.page)}feed.{suffix}{_query(board)}")

    def items(self, board: Board | None) -> list[Idea]:
        slug = board.slug if board else ""
        wanted = roadmap.Wanted(statuses=self.statuses, board=slug, size=ENTRIES)
        return list(roadmap.with_credits(roadmap.stretch_of(wanted, None).items))

    def item_title(self, item: Idea) -> str:
        return written(f"{item.get_status_display()}: {item.title}")

    def item_description(self, item: Idea) -> str:
        html = render_to_string("ideas/_feed_entry.html", {"idea": item})
        return written(html.replace('href="/', f'href="{settings.SITE_URL}/'))

    def item_link(self, item: Idea) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Idea) -> str:
        """A tag URI (RFC 4151) of the decision: when the idea moves on, readers get it anew."""
        decision = item.story.last  # type: ignore[attr-defined]
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        return f"tag:{host},{decision.created_at:%Y-%m-%d}:decision/{decision.pk}"

    def item_pubdate(self, item: Idea) -> datetime:
        return item.story.last.created_at  # type: ignore[attr-defined,no-any-return]

    item_updateddate = item_pubdate

    def item_author_name(self, item: Idea) -> str:
        return written(str(item.author))

    def item_author_link(self, item: Idea) -> str | None:
        return None if item.author.has_left else absolute(item.author.get_absolute_url())

    def item_categories(self, item: Idea) -> tuple[str, ...]:
        return (written(item.board.name), str(item.get_status_display()))


class ChangelogFeed(RoadmapFeed):
    """What shipped."""

    statuses = (Status.SHIPPED,)
    page = "ideas:changelog"

    def heading(self) -> str:
        return _("Changelog")

    def subtitle(self, board: Board | None) -> str:
        return _("What shipped, whose idea it was, and how long it took.")

    description = subtitle

    def item_title(self, item: Idea) -> str:
        return written(item.title)


class RoadmapJson(RoadmapFeed):
    feed_type = JsonFeed


class ChangelogJson(ChangelogFeed):
    feed_type = JsonFeed


class NewsFeed(Feed[Line, Member]):
    """A member's feed without supports: those are told by the dozen, not one by one."""

    feed_type: type[SyndicationFeed] = Atom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Member:
        member = feeding.reader_of(kwargs["secret"])
        if member is None:
            raise Http404
        return member

    def title(self, member: Member) -> str:
        name = SiteSettings.objects.current().name
        return written(_("%(site)s: feed of %(name)s") % {"site": name, "name": member})

    def subtitle(self, member: Member) -> str:
        return _("What your friends do, and what you follow.")

    def link(self, member: Member) -> str:
        return absolute(reverse("ideas:feed"))

    def items(self, member: Member) -> list[Line]:
        return news.page_of(member, kinds=news.WITHOUT_SUPPORTS, apart=True).lines

    def item_title(self, item: Line) -> str:
        return written(f"{item.sentence}: {item.idea.title}")

    def item_description(self, item: Line) -> str:
        return written(linebreaks(item.excerpt, autoescape=True))

    def item_link(self, item: Line) -> str:
        return absolute(item.url)

    def item_guid(self, item: Line) -> str:
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        return f"tag:{host},{item.when:%Y-%m-%d}:event/{item.newest.event.id}"

    def item_pubdate(self, item: Line) -> datetime:
        return item.when

    item_updateddate = item_pubdate

    def item_author_name(self, item: Line) -> str:
        return written(", ".join(actor.display_name for actor in item.actors))


def _query(board: Board | None) -> str:
    return f"?board={board.slug}" if board else ""


@login_not_required
@remembered
@require_safe
@conditional_page
def roadmap_atom(request: HttpRequest) -> HttpResponse:
    """The roadmap as Atom."""
    return RoadmapFeed()(request)


@login_not_required
@remembered
@require_safe
@conditional_page
def roadmap_json(request: HttpRequest) -> HttpResponse:
    """The roadmap as JSON Feed."""
    return RoadmapJson()(request)


@login_not_required
@remembered
@require_safe
@conditional_page
def changelog_atom(request: HttpRequest) -> HttpResponse:
    """The changelog as Atom."""
    return ChangelogFeed()(request)


@login_not_required
@remembered
@require_safe
@conditional_page
def changelog_json(request: HttpRequest) -> HttpResponse:
    """The changelog as JSON Feed."""
    return ChangelogJson()(request)


@login_not_required
@require_safe
@never_cache
def feed_atom(request: HttpRequest, secret: str) -> HttpResponse:
    """A member's feed for whoever has its secret address, in the member's language."""
    reader = feeding.reader_of(secret)
    with translation.override(reader.language if reader else None):
        return NewsFeed()(request, secret=secret)
