"""Copies of everything about the member who asks."""

from typing import ClassVar

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community import archive, services
from community.models import Export, Member
from community.models.token import Scope
from community.permissions import ScopedAccess
from community.serializers import ExportSerializer


class Exports(APIView):
    """Copies of everything about the member who asks."""

    permission_classes = [IsAuthenticated, ScopedAccess]
    required_scopes: ClassVar = {"GET": Scope.EXPORT, "POST": Scope.EXPORT}
    for_the_suspended = True
    may_be_missing = ("GET",)

    @extend_schema(operation_id="me_export", responses=ExportSerializer)
    def get(self, request: Request) -> Response:
        """How far your newest copy is, and where to fetch it."""
        export = Export.objects.filter(member=_me(request)).order_by("-pk").first()
        if export is None:
            raise NotFound
        return Response(ExportSerializer(export, context={"request": request}).data)

    @extend_schema(operation_id="me_export_ask", request=None, responses={202: ExportSerializer})
    def post(self, request: Request) -> Response:
        """Have a copy made of everything about you. It replaces an older one."""
        export = services.ask_for_export(member=_me(request))
        shown = ExportSerializer(export, context={"request": request}).data
        return Response(shown, status=202)


class ExportFile(APIView):
    """The archive."""

    permission_classes = [IsAuthenticated, ScopedAccess]
    required_scopes: ClassVar = {"GET": Scope.EXPORT}

    @extend_schema(
        operation_id="me_export_file", responses={(200, "application/zip"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, pk: int) -> FileResponse:
        """Fetch your copy: a ZIP of JSON files, your pictures and a README."""
        mine = Export.objects.to_fetch().filter(member=_me(request))
        return archive.sent(get_object_or_404(mine, pk=pk))


def _me(request: Request) -> Member:
    assert isinstance(request.user, Member)
    return request.user
