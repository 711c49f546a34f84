"""What views of the API share: who asks, for what, and how it is answered."""

from collections.abc import Sequence
from typing import Any

from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from community.api.paging import address
from community.models import Member
from community.places import Place


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
        self, form: type[BaseSerializer[Any]], rows: Sequence[Any], behind: Place | None = None
    ) -> Response:
        """A part of a list, and the address of the part behind it."""
        results = form(rows, many=True, context={"request": self.request}).data
        return Response({"results": results, "next": address(self.request, behind)})


def created(response: Response) -> Response:
    """The same answer, for something that was not there before."""
    response.status_code = 201
    return response
