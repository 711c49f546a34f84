"""The part of `/api/v1/` about points: the reads and rules of the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import CURSOR, Asked, AskedByMember
from reputation import explaining
from reputation.models import RuleBook
from reputation.serializers.points import (
    PointsAskedSerializer,
    PointsPageSerializer,
    PointsSerializer,
    RuleBookSerializer,
)


class MyPoints(AskedByMember):
    @extend_schema(parameters=[CURSOR, PointsAskedSerializer], responses=PointsPageSerializer)
    def get(self, request: Request) -> Response:
        """List your points one by one, with what they are for, the newest day first.

        What one day brings by support and helpful marks is capped; `standing` of your own account
        has the sum.
        """
        said: dict[str, Any] = self.asked(PointsAskedSerializer)
        asked = explaining.Asked(**said, cursor=request.query_params.get("cursor", ""))
        days, cursor = explaining.explain(self.member, self.member, asked)
        lines = [line for day in days for line in day.lines]
        return self.page(PointsSerializer, lines, cursor)


class Rules(Asked):
    @extend_schema(responses=RuleBookSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List what gives points, by each version of the rules, the newest first."""
        books = RuleBook.objects.prefetch_related("rules")
        return Response(RuleBookSerializer(books, many=True).data)
