"""Leaderboards, for programs: the reads of the pages."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import CURSOR, Asked
from reputation import leading
from reputation.periods import Period
from reputation.serializers.leaderboards import (
    LeaderboardAskedSerializer,
    LeaderboardSerializer,
    PastAskedSerializer,
    PastLeaderboardPageSerializer,
    PastLeaderboardSerializer,
)


class LeaderboardNow(Asked):
    # A board or a tag that is not there.
    may_be_missing = ("GET",)

    @extend_schema(parameters=[LeaderboardAskedSerializer], responses=LeaderboardSerializer)
    def get(self, request: Request) -> Response:
        """Read who has the most points of a week, month, year or all time.

        It is ranked every hour. Members decide at any moment who sees them on it; the ranks of
        the others stay.
        """
        said = self.asked(LeaderboardAskedSerializer)
        boards = leading.boards() if said.get("board") else []
        part = leading.part_of(boards, said.get("board", ""), said.get("tag", ""))
        if part is None:
            raise Http404
        shown = leading.read(part, said["period"], self.viewer)
        return self.answer(LeaderboardSerializer, shown.listed)


class PastLeaderboards(Asked):
    @extend_schema(
        parameters=[CURSOR, PastAskedSerializer], responses=PastLeaderboardPageSerializer
    )
    def get(self, request: Request) -> Response:
        """List who led in weeks, months or years that are over, the latest first."""
        period = Period(self.asked(PastAskedSerializer)["period"])
        cursor = request.query_params.get("cursor", "")
        return self.page_of(PastLeaderboardSerializer, leading.past(period, self.viewer, cursor))
