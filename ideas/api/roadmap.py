"""The roadmap and the changelog."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.paging import CURSOR, place_of
from ideas import roadmap
from ideas.api.asking import Asked
from ideas.api.ideas import with_tags
from ideas.cards import dress
from ideas.serializers import (
    ChangelogListSerializer,
    ChangelogPageSerializer,
    RoadmapIdeaSerializer,
    RoadmapListSerializer,
    RoadmapPageSerializer,
    ShippedIdeaSerializer,
)
from ideas.status import Status


class _Record(Asked):
    def stretch(self, asked: dict[str, Any], *statuses: Status) -> roadmap.Stretch:
        wanted = roadmap.Wanted(
            statuses=statuses,
            board=asked.get("board", ""),
            tag=asked.get("tag", ""),
            after=place_of(self.request),
            size=asked["limit"],
        )
        found = roadmap.stretch_of(wanted, self.viewer)
        roadmap.with_credits(dress(with_tags(found.items), self.viewer))
        return found


class Roadmap(_Record):
    @extend_schema(parameters=[RoadmapListSerializer, CURSOR], responses=RoadmapPageSerializer)
    def get(self, request: Request) -> Response:
        """List what is planned, in progress and shipped, the latest decision first."""
        asked = self.asked(RoadmapListSerializer)
        statuses = [Status(asked["status"])] if "status" in asked else roadmap.COLUMNS
        found = self.stretch(asked, *statuses)
        return self.page(RoadmapIdeaSerializer, found.items, found.next)


class Changelog(_Record):
    @extend_schema(parameters=[ChangelogListSerializer, CURSOR], responses=ChangelogPageSerializer)
    def get(self, request: Request) -> Response:
        """List what shipped, the latest first, with whose idea it was and how long it took."""
        found = self.stretch(self.asked(ChangelogListSerializer), Status.SHIPPED)
        roadmap.with_pictures(found.items)
        return self.page(ShippedIdeaSerializer, found.items, found.next)
