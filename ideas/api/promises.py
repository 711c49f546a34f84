"""Promises: the record, what is overdue, what an idea is owed, and withdrawing."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ideas import record
from ideas.api.asking import Asked
from ideas.api.paging import CURSOR, place_of
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
        return get_object_or_404(Board.objects.in_order(), slug=slug) if slug else None


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
        rows = Promise.objects.filter(owed_on=self.idea(pk)).for_rows().prefetch_related("pauses")
        return self.page(WholePromiseSerializer, list(rows.order_by("-id")))


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
