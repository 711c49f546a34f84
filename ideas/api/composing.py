"""Decisions that are not public yet, their templates, and whom they will tell."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.paging import CURSOR, ascending, cut, place_of
from community.errors import Refused
from community.permissions import ScopedAccess
from ideas import policies
from ideas.api.asking import Asked, created
from ideas.models import DecisionTemplate, Idea, PendingDecision
from ideas.reach import reach_of
from ideas.serializers.composing import (
    ComposeSerializer,
    DecisionTemplatePageSerializer,
    DecisionTemplateSerializer,
    JudgeSerializer,
    PendingDecisionSerializer,
    ReachSerializer,
    TemplatesAskedSerializer,
)
from ideas.services import composing, steps
from ideas.services.composing import Composed


class ForTheTeam(Asked):
    """Nothing here is for visitors."""

    permission_classes = [IsAuthenticated, ScopedAccess]


class Pending(ForTheTeam):
    required_scopes = {"GET": "decide", "POST": "decide", "PATCH": "decide"}
    may_be_stale = ("POST", "PATCH")

    @extend_schema(responses=PendingDecisionSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Read the decision that waits on an idea, for its day or a second person.

        404 where none waits. For those who answer for the board.
        """
        return self.answer(PendingDecisionSerializer, self._waiting(self._idea(pk)))

    @extend_schema(request=ComposeSerializer, responses={201: PendingDecisionSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Propose a decision, or schedule it by `publish_at`.

        On a board that asks for a second person an answer is proposed; other steps, and those of
        other boards, need a `publish_at`. What you have waiting there is replaced.
        """
        idea, said = self._idea(pk), self.heard(ComposeSerializer)
        if not said["publish_at"] and not policies.needs_second_person(idea.board, said["to"]):
            raise Refused(_("Say when it is to be public."), code="missing_publish_at")
        made = composing.submit(idea=idea, by=self.member, composed=composed_of(said))
        return created(self.answer(PendingDecisionSerializer, self._row(made.pk)))

    @extend_schema(request=JudgeSerializer, responses=PendingDecisionSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Approve, return, reschedule or cancel what waits.

        `approve` and `return` are for a second person. When another step came between, the answer
        is 409 and the decision is `stale`.
        """
        idea, said = self._idea(pk), self.heard(JudgeSerializer)
        waiting = idea.pending_decisions.filter(pk=_number(said["id"])).first()
        if waiting is None:
            self._waiting(idea)
            words = _("This decision does not wait like that any more. Read how it stands.")
            raise Refused(words, code="stale")
        made = self._do(waiting, **said)
        if made.is_overtaken:
            raise Refused(made.remark, code="stale")
        return self.answer(PendingDecisionSerializer, self._row(made.pk))

    def _do(
        self, waiting: PendingDecision, action: str, remark: str, publish_at: datetime | None,
        **rest: Any,
    ) -> PendingDecision:  # fmt: skip
        if action == "approve":
            return composing.approve(pending=waiting, by=self.member)
        if action == "return":
            return composing.return_(pending=waiting, by=self.member, remark=remark)
        if action == "cancel":
            return composing.cancel(pending=waiting, by=self.member, remark=remark)
        if publish_at is None:
            raise Refused(_("Say when it is to be public."), code="missing_publish_at")
        return composing.reschedule(pending=waiting, by=self.member, publish_at=publish_at)

    def _idea(self, pk: int) -> Idea:
        idea = self.idea(pk)
        policies.can_see_waiting(self.member, idea.board).enforce()
        return idea

    def _waiting(self, idea: Idea) -> PendingDecision:
        rows = idea.pending_decisions.waiting().select_related("proposed_by", "approved_by")
        return get_object_or_404(rows)

    def _row(self, pk: int) -> PendingDecision:
        return PendingDecision.objects.select_related("proposed_by", "approved_by").get(pk=pk)


def _number(sent: int) -> int:
    """0 for what is no id of ours."""
    return sent if 0 < sent < 2**63 else 0


def composed_of(said: dict[str, Any]) -> Composed:
    """What a program sent, as the composer hands it over."""
    apart = ("to", "seen", "answers", "uses", "publish_at")
    grounds = {name: value for name, value in said.items() if name not in apart}
    rest = {name: said[name] for name in apart if name in said}
    return Composed(grounds=steps.Grounds(**grounds), **rest)


class Templates(ForTheTeam):
    @extend_schema(
        parameters=[TemplatesAskedSerializer, CURSOR], responses=DecisionTemplatePageSerializer
    )
    def get(self, request: Request) -> Response:
        """List the texts that decisions may begin with.

        `{title}`, `{author}`, `{team}` and `{supporters}` stand for those of the idea. For those
        who answer for a board.
        """
        policies.can_open_queue(self.member).enforce()
        rows = DecisionTemplate.objects.all()
        if to := self.asked(TemplatesAskedSerializer).get("to"):
            rows = rows.filter(to_status=to)
        found, behind = cut(rows, ascending("id"), place_of(request))
        return self.page(DecisionTemplateSerializer, found, behind)


class Reached(ForTheTeam):
    @extend_schema(responses=ReachSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Say how many people a decision of yours would tell. For those who have a step to take."""
        idea = self.idea(pk)
        policies.can_compose(self.member, idea).enforce()
        return self.answer(ReachSerializer, reach_of(idea, by=self.member.pk))
