"""Who has a part in an idea, and saying what was used."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.paging import CURSOR, place_of
from community.models import Member
from ideas.api.asking import Asked
from ideas.api.comments import AskedOfComment
from ideas.credits import credits_of_idea, credits_of_member
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


class MemberCredits(Asked):
    @extend_schema(parameters=[CURSOR], responses=MemberCreditsSerializer)
    def get(self, request: Request, handle: str) -> Response:
        """List a member's parts in ideas, newest first."""
        member = get_object_or_404(Member.objects.with_profile(), handle=handle.lower())
        parts, behind = credits_of_member(member.pk, place_of(request))
        return self.page(MemberPartSerializer, parts, behind)


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
