"""Views of the review queue that members keep, for themselves or for their team."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.paging import CURSOR, cut, descending, place_of
from community.models import Team
from ideas import lanes, policies
from ideas.api.asking import created
from ideas.api.review import Private
from ideas.forms import QueueForm
from ideas.models import SavedView
from ideas.serializers.review import (
    NewViewSerializer,
    SavedViewPageSerializer,
    SavedViewSerializer,
    ViewChangeSerializer,
)
from ideas.services import reviewing


class SavedViews(Private):
    @extend_schema(parameters=[CURSOR], responses=SavedViewPageSerializer)
    def get(self, request: Request) -> Response:
        """List the views that you keep, and those shared with your teams, newest first."""
        policies.can_open_queue(self.member).enforce()
        seen = SavedView.objects.seen_by(self.member, policies.team_ids(self.member))
        rows, behind = cut(seen, descending("id"), place_of(request))
        return self.page(SavedViewSerializer, rows, behind)

    @extend_schema(request=NewViewSerializer, responses={201: SavedViewSerializer})
    def post(self, request: Request) -> Response:
        """Keep a view of the queue under a name."""
        policies.can_open_queue(self.member).enforce()
        said = self.heard(NewViewSerializer)
        team = self.named(Team, "team", slug=said["team"])
        query = self._understood(said["query"])
        view = reviewing.save_view(owner=self.member, name=said["name"], query=query, team=team)
        view.refresh_from_db()
        return created(self.answer(SavedViewSerializer, view))

    def _understood(self, query: str) -> str:
        """What makes sense of a query to the one who asks, as on the page."""
        boards = policies.reviewed_by(self.member)
        teams = {board.team_id for board in boards} | policies.team_ids(self.member)
        return QueueForm(QueryDict(query), boards=boards, people=lanes.people(teams)).again()


class OneSavedView(Private):
    def own(self, pk: int) -> SavedView:
        return get_object_or_404(SavedView, pk=pk, owner=self.member)

    @extend_schema(request=ViewChangeSerializer, responses=SavedViewSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Rename a view of yours, and share it with a team or with nobody."""
        view, said = self.own(pk), self.heard(ViewChangeSerializer)
        team = self.named(Team, "team", slug=said["team"])
        reviewing.change_view(view=view, by=self.member, name=said["name"], team=team)
        view.refresh_from_db()
        return self.answer(SavedViewSerializer, view)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Give up a view of yours."""
        reviewing.delete_view(view=self.own(pk), by=self.member)
        return Response(status=204)
