"""Decisions: what was decided, and deciding."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.paging import CURSOR, cut, descending, place_of
from ideas.api.asking import Asked, created
from ideas.api.composing import composed_of
from ideas.models import Decision
from ideas.serializers import DecideSerializer, DecisionPageSerializer, DecisionSerializer
from ideas.serializers.composing import PendingDecisionSerializer
from ideas.services import composing


class Decisions(Asked):
    required_scopes = {"POST": "decide"}
    may_be_stale = ("POST",)

    @extend_schema(parameters=[CURSOR], responses=DecisionPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List the decisions on an idea, newest first."""
        decided = self.idea(pk).decisions.select_related("member", "team")
        rows, behind = cut(decided, descending("id"), place_of(request))
        return self.page(DecisionSerializer, rows, behind)

    @extend_schema(
        request=DecideSerializer,
        responses={201: DecisionSerializer, 202: PendingDecisionSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Take an idea a step on, in the open.

        The idea's `steps` name where you may take it and which fields that needs; without one of
        those the answer is 400 with `missing_…`. Send the id of the last decision you saw as
        `seen` (0 for none), so that you do not decide past a colleague. On a board that asks for a
        second person an answer is not public yet but proposed: 202, and a colleague approves it at
        `pending-decision/`.
        """
        said = composed_of(self.heard(DecideSerializer))
        made = composing.submit(idea=self.idea(pk), by=self.member, composed=said)
        if isinstance(made, Decision):
            return created(self.answer(DecisionSerializer, made))
        answer = self.answer(PendingDecisionSerializer, made)
        answer.status_code = 202
        return answer
