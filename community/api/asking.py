"""What all views of the API about people share: who asks, and how it is answered."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from community.cursors import Page
from community.models import Member
from community.models.token import Scope
from community.permissions import ScopedAccess

CURSOR = OpenApiParameter("cursor", str, description="As it stands in `next` of the page before.")


class Asked(APIView):
    """A view that knows the member behind a request."""

    @property
    def viewer(self) -> Member | None:
        return self.request.user if isinstance(self.request.user, Member) else None

    def member_with(self, handle: str) -> Member:
        """One member, if the one who asks may see that they are here; else 404."""
        found = Member.objects.seen_by(self.viewer).filter(handle=handle.lower()).first()
        if not isinstance(found, Member):
            raise Http404
        return found

    def heard(self, form: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """What was sent, checked."""
        serializer = form(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        sent: dict[str, Any] = serializer.validated_data
        return sent

    def asked(self, form: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The parameters of the address, checked."""
        serializer = form(data=self.request.query_params)
        serializer.is_valid(raise_exception=True)
        sent: dict[str, Any] = serializer.validated_data
        return sent

    def answer(self, form: type[BaseSerializer[Any]], thing: Any) -> Response:
        return Response(form(thing, context={"request": self.request}).data)

    def page(
        self,
        form: type[BaseSerializer[Any]],
        page: Page[Any],
        of: Callable[[Any], Any] = lambda row: row,
    ) -> Response:
        """A part of a list, and the address of the part behind it."""
        rows = [of(row) for row in page.items]
        results = form(rows, many=True, context={"request": self.request}).data
        return Response({"results": results, "next": _address(self.request, page.next)})


class AskedByMember(Asked):
    """For members alone."""

    permission_classes = [IsAuthenticated, ScopedAccess]

    @property
    def member(self) -> Member:
        assert isinstance(self.request.user, Member)
        return self.request.user


class AskedByFriend(AskedByMember):
    """What is between members is private, so that reading takes a scope of its own, too."""

    required_scopes = dict.fromkeys(("GET", "HEAD", "PUT", "DELETE"), str(Scope.FRIENDS))

    def cursor(self) -> str:
        return self.request.query_params.get("cursor", "")


def _address(request: Request, cursor: str) -> str | None:
    if not cursor:
        return None
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor)
