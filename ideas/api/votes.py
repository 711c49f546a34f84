"""The public log of voided votes."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import CURSOR
from ideas import voided
from ideas.api.asking import Asked
from ideas.serializers import VoidingPageSerializer, VoidingSerializer


class Voidings(Asked):
    @extend_schema(parameters=[CURSOR], responses=VoidingPageSerializer)
    def get(self, request: Request) -> Response:
        """List how many votes were voided, when, where and why, the latest first.

        Names nobody. `state` is `undone` where they count again.
        """
        page = voided.log_of(request.query_params.get("cursor", ""))
        return self.page_of(VoidingSerializer, page)
