"""The forum for feed readers, as Atom (RFC 4287), and what all feeds of the site are made of."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from community.forum.listing import Wanted, page_of
from community.forum.ordering import NEW, WAITING, Order
from community.models import SiteSettings, Space, Topic
from community.remembered import remembered

ENTRIES = 30
# XML has no way to write these, and they mean nothing in a text.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# An empty feed has not changed since.
BEFORE = datetime(1970, 1, 1, tzinfo=UTC)


class Dated:
    """A feed that is as new as its newest entry."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEFORE)


class Atom(Dated, Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"


def absolute(path: str) -> str:
    """The whole address, the same whatever name the site was called by."""
    return settings.SITE_URL + path


def written(text: str) -> str:
    """A text as XML can hold it."""
    return UNWRITABLE.sub("", text)


class TopicsFeed(Feed[Topic, Space | None]):
    """The newest topics of the forum, or of one space."""

    feed_type: type[SyndicationFeed] = Atom
    order: Order = NEW

    def get_object(self, request: HttpRequest, slug: str = "") -> Space | None:
        return get_object_or_404(Space, slug=slug) if slug else None

    def title(self, space: Space | None) -> str:
        name = SiteSettings.objects.current().name
        return written(f"{self.heading()}: {space.name}" if space else f"{name}: {self.heading()}")

    def heading(self) -> str:
        return _("Forum")

    def subtitle(self, space: Space | None) -> str:
        return written(space.description) if space else _("What is asked and told in the forum.")

    def link(self, space: Space | None) -> str:
        return absolute(space.get_absolute_url() if space else reverse("community:forum"))

    def feed_url(self, space: Space | None) -> str:
        return (
            absolute(reverse("community:space_atom", args=[space.slug]))
            if space
            else absolute(reverse("community:forum_atom"))
        )

    def items(self, space: Space | None) -> list[Topic]:
        wanted = Wanted(order=self.order, space=space.slug if space else "", size=ENTRIES)
        return page_of(wanted).items

    def item_title(self, item: Topic) -> str:
        return written(item.title)

    def item_description(self, item: Topic) -> str:
        return written(item.snippet)

    def item_link(self, item: Topic) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Topic) -> str:
        """A tag URI (RFC 4151) of the topic."""
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        return f"tag:{host},{item.created_at:%Y-%m-%d}:topic/{item.pk}"

    def item_pubdate(self, item: Topic) -> datetime:
        return item.created_at

    item_updateddate = item_pubdate

    def item_author_name(self, item: Topic) -> str:
        return written(item.author.display_name)

    def item_author_link(self, item: Topic) -> str:
        return absolute(item.author.get_absolute_url())

    def item_categories(self, item: Topic) -> tuple[str, ...]:
        return (written(item.space.name), str(item.get_kind_display()))


class UnansweredFeed(TopicsFeed):
    """Questions that wait, the oldest first."""

    order = WAITING

    def heading(self) -> str:
        return _("Unanswered questions")

    def subtitle(self, space: Space | None) -> str:
        return _("Questions without an accepted answer; who has waited longest comes first.")

    def link(self, space: Space | None) -> str:
        return f"{super().link(space)}?order={WAITING.code}"

    def feed_url(self, space: Space | None) -> str:
        return absolute(reverse("community:unanswered_atom"))


@login_not_required
@remembered
@require_safe
@conditional_page
def forum_atom(request: HttpRequest) -> HttpResponse:
    """The newest topics as Atom."""
    return TopicsFeed()(request)


@login_not_required
@remembered
@require_safe
@conditional_page
def unanswered_atom(request: HttpRequest) -> HttpResponse:
    """Unanswered questions as Atom."""
    return UnansweredFeed()(request)


@login_not_required
@remembered
@require_safe
@conditional_page
def space_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest topics of a space as Atom."""
    return TopicsFeed()(request, slug=slug)
