"""Who has a part in an idea, and saying what was used."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import CURSOR
from community.api.asking import Asked as AskedOfMember
from community.cursors import Page
from ideas.api.asking import Asked
from ideas.api.comments import AskedOfComment
from ideas.credits import credits_of_idea, credits_of_member
from ideas.models import Contribution
from ideas.serializers import (
    CommentSerializer,
    CreditsSerializer,
    MemberCreditsSerializer,
    MemberPartSerializer,
)
from ideas.services import crediting


class Credits(Asked):
    @extend_schema(responses=CreditsSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Say who made an idea, those whose ideas were merged into it included."""
        made = credits_of_idea(self.idea(pk).root_id)
        return Response(CreditsSerializer({"results": made}, context={"request": request}).data)


class MemberCredits(AskedOfMember):
    @extend_schema(parameters=[CURSOR], responses=MemberCreditsSerializer)
    def get(self, request: Request, handle: str) -> Response:
        """List a member's parts in ideas, newest first."""
        member = self.member_with(handle)
        page = Page[Contribution]()
        if not member.is_blocked:  # type: ignore[attr-defined]
            page = credits_of_member(member.pk, request.query_params.get("cursor", ""))
        return self.page(MemberPartSerializer, page)


class CommentUsed(AskedOfComment):
    required_scopes = {"PUT": "write", "DELETE": "write"}

    @extend_schema(request=None, responses=CommentSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Credit a comment that was used: by the team, or by the author what builds on the idea."""
        crediting.credit_comment(comment=self.comment(pk), by=self.member)
        return self.answer_with(pk)

    @extend_schema(responses={200: CommentSerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Take the credit back: it was not used after all."""
        crediting.take_back(comment=self.comment(pk), by=self.member)
        return self.answer_with(pk)
