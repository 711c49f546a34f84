"""Reporting, for programs."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import CURSOR, AskedByMember, created
from community.cursors import Key, moment, page_of
from moderation import services
from moderation.models import Flag
from moderation.serializers.cases import NewReportSerializer, ReportPageSerializer, ReportSerializer
from moderation.things import find

BY_TIME = Key("flagged_at", moment)
PAGE = 30


class OwnReports(AskedByMember):
    def reports(self) -> QuerySet[Flag]:
        """Those of whoever asks."""
        return Flag.objects.filter(member=self.member).select_related("case", "clause")


class Reports(OwnReports):
    may_be_missing = ("POST",)

    @extend_schema(parameters=[CURSOR], responses=ReportPageSerializer)
    def get(self, request: Request) -> Response:
        """List your reports, the newest first, with what became of them."""
        cursor = request.query_params.get("cursor", "")
        return self.page_of(ReportSerializer, page_of(self.reports(), BY_TIME, cursor, PAGE))

    @extend_schema(request=NewReportSerializer, responses={201: ReportSerializer})
    def post(self, request: Request) -> Response:
        """Report an idea, comment, topic, reply or profile by one of the house rules."""
        said = self.heard(NewReportSerializer)
        thing = find(said["kind"], said["key"], self.member)
        if thing is None:
            raise Http404
        made = services.flag(thing=thing, by=self.member, clause=said["clause"], note=said["note"])
        return created(self.answer(ReportSerializer, made))


class OneReport(OwnReports):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take a report back, as long as nobody has decided."""
        services.withdraw_flag(flag=get_object_or_404(self.reports(), pk=pk), by=self.member)
        return Response(status=204)
