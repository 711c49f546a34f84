"""What a member said and supports, as far as they let it be listed."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import CURSOR
from community.api.asking import Asked as AskedOfMember
from community.cursors import Page
from community.models import Member
from ideas import people
from ideas.api.ideas import with_tags
from ideas.models import Comment
from ideas.serializers import (
    CommentPageSerializer,
    CommentSerializer,
    IdeaPageSerializer,
    IdeaSerializer,
)


def _shows(member: Member, part: str) -> bool:
    return not member.is_blocked and member.shows(part)  # type: ignore[attr-defined]


class MemberComments(AskedOfMember):
    @extend_schema(parameters=[CURSOR], responses=CommentPageSerializer)
    def get(self, request: Request, handle: str) -> Response:
        """List a member's comments, the latest first; none where they keep the list to others."""
        member = self.member_with(handle)
        page = Page[Comment]()
        if _shows(member, "comments"):
            page = people.comments_of(member, self.viewer, request.query_params.get("cursor", ""))
            rows = Comment.objects.for_thread(self.viewer).defer(None)
            dressed = rows.in_bulk([row.pk for row in page.items])
            page = Page([dressed[row.pk] for row in page.items], page.next)
        return self.page(CommentSerializer, page)


class MemberSupports(AskedOfMember):
    @extend_schema(parameters=[CURSOR], responses=IdeaPageSerializer)
    def get(self, request: Request, handle: str) -> Response:
        """List the ideas a member supports, the latest first; none where they do not show it."""
        member = self.member_with(handle)
        if not _shows(member, "supports"):
            return self.page(IdeaSerializer, Page())
        page = people.supports_of(member, self.viewer, request.query_params.get("cursor", ""))
        cards = with_tags([row.card for row in page.items])  # type: ignore[attr-defined]
        return self.page(IdeaSerializer, Page(cards, page.next))
