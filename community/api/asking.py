"""What all views of the API share: who asks, for what, and how it is answered."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from community.api.paging import CURSOR as CURSOR
from community.api.paging import address
from community.cursors import Page, Place
from community.models import Member
from community.models.token import Scope
from community.permissions import ScopedAccess


class Asked(APIView):
    """A view that knows the member behind a request."""

    @property
    def viewer(self) -> Member | None:
        return self.request.user if isinstance(self.request.user, Member) else None

    @property
    def member(self) -> Member:
        """Where only members get through."""
        assert isinstance(self.request.user, Member)
        return self.request.user

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
        rows: Sequence[Any],
        behind: Place | str | None = None,
    ) -> Response:
        """A part of a list, and the address of the part behind it."""
        results = form(rows, many=True, context={"request": self.request}).data
        return Response({"results": results, "next": address(self.request, behind)})

    def page_of(
        self,
        form: type[BaseSerializer[Any]],
        page: Page[Any],
        of: Callable[[Any], Any] = lambda row: row,
    ) -> Response:
        """The same of a page that was read by its key."""
        return self.page(form, [of(row) for row in page.items], page.next)


class AskedByMember(Asked):
    """For members alone."""

    permission_classes = [IsAuthenticated, ScopedAccess]


class AskedByFriend(AskedByMember):
    """What is between members is private, so that reading takes a scope of its own, too."""

    required_scopes = dict.fromkeys(("GET", "HEAD", "PUT", "DELETE"), str(Scope.FRIENDS))

    def cursor(self) -> str:
        return self.request.query_params.get("cursor", "")


def created(response: Response) -> Response:
    """The same answer, for something that was not there before."""
    response.status_code = 201
    return response
