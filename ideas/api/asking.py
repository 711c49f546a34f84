"""What all views of the API share: who asks, for what, and how it is answered."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from community.models import Member
from ideas.api.paging import address
from ideas.models import Comment, Idea
from ideas.ordering import Place


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

    def idea(self, pk: int) -> Idea:
        """One idea, if the one who asks may see it; else 404."""
        return get_object_or_404(Idea.objects.visible_to(self.viewer).for_page(self.viewer), pk=pk)

    def standing(self, pk: int) -> Idea:
        """The idea that stands for one: itself, or the one it was merged into."""
        idea = self.idea(pk)
        return self.idea(idea.root_id) if idea.merged_into_id else idea

    def comments(self) -> QuerySet[Comment]:
        """The comments that the one who asks may see."""
        ideas = Idea.objects.visible_to(self.viewer).values("pk")
        rows = Comment.objects.for_thread(self.viewer).shown().defer(None)
        return rows.filter(idea__in=ideas)

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
