"""Boards and what their teams promise."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ideas.api.asking import Asked
from ideas.models import Board
from ideas.serializers import BoardListSerializer, BoardSerializer


class Boards(Asked):
    @extend_schema(responses=BoardListSerializer)
    def get(self, request: Request) -> Response:
        """List the boards."""
        return self.answer(BoardListSerializer, {"results": Board.objects.in_order()})


class OneBoard(Asked):
    @extend_schema(responses=BoardSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Read a board."""
        return self.answer(BoardSerializer, get_object_or_404(Board.objects.in_order(), slug=slug))
