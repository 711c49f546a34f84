"""Promises: the record, what is overdue, what an idea is owed, and withdrawing."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from community.api.paging import CURSOR, place_of
from ideas import record
from ideas.api.asking import Asked
from ideas.models import Board, Promise
from ideas.serializers.promises import (
    OfBoardSerializer,
    PromisePageSerializer,
    PromiseSerializer,
    PromisesSerializer,
    RecordSerializer,
    WholePromiseSerializer,
    WithdrawSerializer,
)
from ideas.services import promising


class OfBoard(Asked):
    """Of the whole site, or of the board that `board` names."""

    @property
    def board(self) -> Board | None:
        slug = self.asked(OfBoardSerializer).get("board")
        if not slug:
            return None
        found = Board.objects.in_order().filter(slug=slug).first()
        if found is None:
            raise ValidationError({"board": [_("There is no such board.")]})
        return found


class Record(OfBoard):
    @extend_schema(parameters=[OfBoardSerializer], responses=RecordSerializer)
    def get(self, request: Request) -> Response:
        """Read the record of promises, at most a minute old."""
        board = self.board
        found = {
            "kinds": record.record_of(board).kinds,
            "withdrawn": record.withdrawn(board),
            "terms": record.promised(board),
        }
        return self.answer(RecordSerializer, found)


class Overdue(OfBoard):
    @extend_schema(parameters=[OfBoardSerializer, CURSOR], responses=PromisePageSerializer)
    def get(self, request: Request) -> Response:
        """List what is overdue, the longest owed first."""
        rows, behind = record.overdue(self.board, place_of(request))
        return self.page(PromiseSerializer, rows, behind)


class IdeaPromises(Asked):
    @extend_schema(responses=PromisesSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List what an idea is or was owed, the newest first, with pauses."""
        rows = Promise.objects.filter(owed_on=self.idea(pk)).for_rows()
        found = list(rows.prefetch_related("pauses").order_by("-id"))
        return self.page(WholePromiseSerializer, found)


class Withdrawal(Asked):
    required_scopes = {"POST": "decide"}
    may_be_stale = ("POST",)

    @extend_schema(request=WithdrawSerializer, responses=WholePromiseSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Withdraw a promise, in public and with a reason.

        For the lead of the team that gave it, and for community managers.
        """
        said = self.heard(WithdrawSerializer)
        rows = Promise.objects.for_rows()
        promising.withdraw(promise=get_object_or_404(rows, pk=pk), by=self.member, **said)
        return self.answer(WholePromiseSerializer, rows.get(pk=pk))
