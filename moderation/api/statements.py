"""Statements of reasons and complaints, for programs."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import CURSOR, AskedByMember, created
from community.cursors import Key, moment, page_of
from moderation import services
from moderation.models import Statement
from moderation.serializers.cases import (
    ComplaintSerializer,
    NewComplaintSerializer,
    StatementPageSerializer,
    StatementSerializer,
)

BY_TIME = Key("informed_at", moment)
PAGE = 30


class OwnStatements(AskedByMember):
    def statement(self, puid: UUID) -> Statement:
        """One of whoever asks; else 404."""
        rows = Statement.objects.visible_to(self.member).for_page()
        return get_object_or_404(rows, puid=puid)


class Statements(AskedByMember):
    @extend_schema(parameters=[CURSOR], responses=StatementPageSerializer)
    def get(self, request: Request) -> Response:
        """List what was decided about your texts, the newest first."""
        rows = Statement.objects.visible_to(self.member).for_page()
        cursor = request.query_params.get("cursor", "")
        return self.page_of(StatementSerializer, page_of(rows, BY_TIME, cursor, PAGE))


class OneStatement(OwnStatements):
    @extend_schema(responses=StatementSerializer)
    def get(self, request: Request, puid: UUID) -> Response:
        """Read one of them."""
        return self.answer(StatementSerializer, self.statement(puid))


class StatementComplaint(OwnStatements):
    @extend_schema(request=NewComplaintSerializer, responses={201: ComplaintSerializer})
    def post(self, request: Request, puid: UUID) -> Response:
        """Complain about a decision. Another moderator answers."""
        words = self.heard(NewComplaintSerializer)["words"]
        made = services.complain(statement=self.statement(puid), by=self.member, words=words)
        return created(self.answer(ComplaintSerializer, made))
