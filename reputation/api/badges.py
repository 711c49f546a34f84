"""Badges, for programs."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import CURSOR, Asked
from reputation import collection
from reputation.badges import BY_SLUG
from reputation.serializers.badges import (
    BadgeOfMemberSerializer,
    CountedBadgeSerializer,
    HolderPageSerializer,
    HolderSerializer,
)


class Badges(Asked):
    @extend_schema(responses=CountedBadgeSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List all badges, gold first, with how many members have each."""
        shown = [one for shelf in collection.shelves(self.viewer) for one in shelf.badges]
        serializer = CountedBadgeSerializer(shown, many=True, context={"request": request})
        return Response(serializer.data)


class HoldersOfBadge(Asked):
    @extend_schema(parameters=[CURSOR], responses=HolderPageSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """List who has a badge and lets you find them, the newest first."""
        badge = BY_SLUG.get(slug)
        if badge is None:
            raise Http404
        cursor = request.query_params.get("cursor", "")
        return self.page_of(HolderSerializer, collection.holders(badge, self.viewer, cursor))


class BadgesOfMember(Asked):
    @extend_schema(responses=BadgeOfMemberSerializer(many=True))
    def get(self, request: Request, handle: str) -> Response:
        """List the badges of a member, gold first."""
        member = self.member_with(handle)
        if member.is_blocked:  # type: ignore[attr-defined]
            return Response([])
        lines = collection.badges_of(member, self.viewer).items
        serializer = BadgeOfMemberSerializer(lines, many=True, context={"request": request})
        return Response(serializer.data)
