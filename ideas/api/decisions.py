"""Decisions: what was decided, and deciding."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.paging import CURSOR, cut, descending, place_of
from ideas.api.asking import Asked, created
from ideas.serializers import DecideSerializer, DecisionPageSerializer, DecisionSerializer
from ideas.services import steps


class Decisions(Asked):
    required_scopes = {"POST": "decide"}
    may_be_stale = ("POST",)

    @extend_schema(parameters=[CURSOR], responses=DecisionPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List the decisions on an idea, newest first."""
        decided = self.idea(pk).decisions.select_related("member", "team")
        rows, behind = cut(decided, descending("id"), place_of(request))
        return self.page(DecisionSerializer, rows, behind)

    @extend_schema(request=DecideSerializer, responses={201: DecisionSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Take an idea a step on, in the open.

        The idea's `steps` name where you may take it and which fields that needs; without one of
        those the answer is 400 with `missing_…`. Send the id of the last decision you saw as
        `seen` (0 for none), so that you do not decide past a colleague.
        """
        said = self.heard(DecideSerializer)
        to, seen = said.pop("to"), said.pop("seen", None)
        grounds = steps.Grounds(**said)
        decision = steps.decide(
            idea=self.idea(pk), to=to, by=self.member, grounds=grounds, seen=seen
        )
        return created(self.answer(DecisionSerializer, decision))
