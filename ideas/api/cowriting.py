"""Writing a draft together."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community.models import Member
from community.permissions import ScopedAccess
from ideas import together
from ideas.api.asking import Asked, created
from ideas.models import CoAuthor, Idea
from ideas.serializers import (
    AcceptSerializer,
    CoAuthorListSerializer,
    InvitationListSerializer,
    InviteSerializer,
)
from ideas.services import cowriting


class AskedOfWriters(Asked):
    def answer_with(self, idea: Idea) -> Response:
        return self.answer(CoAuthorListSerializer, {"results": together.hands_of(idea).rows})


class CoAuthors(AskedOfWriters):
    @extend_schema(responses=CoAuthorListSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List who writes an idea along. Of a draft, also who is asked or said no."""
        return self.answer_with(self.idea(pk))

    @extend_schema(request=InviteSerializer, responses={201: CoAuthorListSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Ask a friend to write your draft along. Asking twice is asking once."""
        idea = self.idea(pk)
        handle = self.heard(InviteSerializer)["handle"].removeprefix("@").lower()
        friend = get_object_or_404(Member.objects.seen_by(self.member), handle=handle)
        cowriting.invite(draft=idea, by=self.member, friend=friend)
        return created(self.answer_with(idea))


class OneCoAuthor(AskedOfWriters):
    @extend_schema(responses={200: CoAuthorListSerializer})
    def delete(self, request: Request, pk: int, handle: str) -> Response:
        """Take an invitation back, or a co-author's part in your draft; your own part is yours
        to end."""
        idea = self.idea(pk)
        rows = CoAuthor.objects.filter(idea=idea).select_related("member")
        row = get_object_or_404(rows, member__handle=handle.lower())
        if row.member_id == self.member.pk:
            cowriting.leave(draft=idea, by=self.member)
            return Response(status=204)
        cowriting.remove(draft=idea, by=self.member, co_author=row.member)
        return self.answer_with(idea)


class Invitations(Asked):
    permission_classes = [IsAuthenticated, ScopedAccess]

    @extend_schema(responses=InvitationListSerializer)
    def get(self, request: Request) -> Response:
        """List the drafts that friends ask you to write along."""
        rows = together.invitations_of(self.member)
        return self.answer(InvitationListSerializer, {"results": rows})


class InvitationAnswer(Asked):
    permission_classes = [IsAuthenticated, ScopedAccess]

    @extend_schema(request=AcceptSerializer, responses={204: None})
    def put(self, request: Request, pk: int) -> Response:
        """Write a draft along, or decline."""
        rows = CoAuthor.objects.select_related("idea")
        row = get_object_or_404(rows, idea=pk, member=self.member)
        deed = cowriting.accept if self.heard(AcceptSerializer)["accept"] else cowriting.leave
        deed(draft=row.idea, by=self.member)
        return Response(status=204)
