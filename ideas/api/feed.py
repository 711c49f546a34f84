"""One's feed, and following boards, tags and members."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from taggit.models import Tag

from community.api.paging import CURSOR
from community.models.token import Scope
from community.permissions import ScopedAccess
from ideas import followed, news
from ideas.api.asking import Asked, created
from ideas.models import Board
from ideas.serializers import (
    FeedAddressSerializer,
    FollowedSerializer,
    FollowSerializer,
    NewsPageSerializer,
    NewsSerializer,
)
from ideas.services import feeding, following


class AskedOfOneself(Asked):
    """For members alone. What friends do is private, so that reading takes a scope of its own."""

    permission_classes = [IsAuthenticated, ScopedAccess]
    required_scopes = dict.fromkeys(("GET", "HEAD", "POST", "DELETE"), str(Scope.FRIENDS))


class Feed(AskedOfOneself):
    @extend_schema(parameters=[CURSOR], responses=NewsPageSerializer)
    def get(self, request: Request) -> Response:
        """Read your feed, the newest first.

        Supports are never told one by one: those of several for one idea are one line, and so
        are the others of a day. What was hidden or taken back since is left out, so a page may be
        short.
        """
        page = news.page_of(self.member, request.query_params.get("cursor", ""))
        return self.page(NewsSerializer, page.lines, page.next)


class FeedAddress(AskedOfOneself):
    @extend_schema(request=None, responses={201: FeedAddressSerializer})
    def post(self, request: Request) -> Response:
        """Make a secret address of your feed for feed readers (Atom); the old one ends."""
        path = reverse("ideas:feed_atom", args=[feeding.make_address(member=self.member)])
        return created(self.answer(FeedAddressSerializer, {"url": settings.SITE_URL + path}))

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """End the address."""
        feeding.revoke_address(member=self.member)
        return Response(status=204)


class Follows(AskedOfOneself):
    @extend_schema(responses=FollowedSerializer)
    def get(self, request: Request) -> Response:
        """List the boards, tags and members that you follow."""
        return self.answer(FollowedSerializer, followed.by(self.member))


class BoardFollowing(Asked):
    required_scopes = {"PUT": "support", "DELETE": "support"}

    @extend_schema(request=None, responses=FollowSerializer)
    def put(self, request: Request, slug: str) -> Response:
        """Follow a board: what is posted and decided there stands in your feed."""
        following.follow_board(board=get_object_or_404(Board, slug=slug), member=self.member)
        return self.answer(FollowSerializer, {"following": True})

    @extend_schema(responses={200: FollowSerializer})
    def delete(self, request: Request, slug: str) -> Response:
        """Follow a board no more."""
        following.unfollow_board(board=get_object_or_404(Board, slug=slug), member=self.member)
        return self.answer(FollowSerializer, {"following": False})


class TagFollowing(Asked):
    required_scopes = {"PUT": "support", "DELETE": "support"}

    @extend_schema(request=None, responses=FollowSerializer)
    def put(self, request: Request, slug: str) -> Response:
        """Follow a tag: what is posted and decided under it stands in your feed."""
        following.follow_tag(tag=get_object_or_404(Tag, slug=slug), member=self.member)
        return self.answer(FollowSerializer, {"following": True})

    @extend_schema(responses={200: FollowSerializer})
    def delete(self, request: Request, slug: str) -> Response:
        """Follow a tag no more."""
        following.unfollow_tag(tag=get_object_or_404(Tag, slug=slug), member=self.member)
        return self.answer(FollowSerializer, {"following": False})
