"""Leaderboards as programs read them."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from community.serializers.members import MemberSerializer
from community.serializers.paging import NextField
from reputation.leading import Listed
from reputation.models import Leader
from reputation.periods import ENDING, Area, Period


class LeaderboardAskedSerializer(serializers.Serializer[Any]):
    """Which leaderboard: of a board, of a tag, or without either of the whole site."""

    period = serializers.ChoiceField(
        [one for one in Period.choices if one[0] != Period.NEWCOMERS],
        required=False,
        help_text="Weeks begin on Monday, days at midnight UTC. Without it: this week.",
    )
    board = serializers.CharField(required=False, max_length=50, help_text="Its slug.")
    tag = serializers.CharField(required=False, max_length=100, help_text="Its slug.")
    newcomers = serializers.BooleanField(
        required=False, help_text="Only who joined within 90 days, with all their points."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("board") and attrs.get("tag"):
            raise serializers.ValidationError(_("A leaderboard is of a board or of a tag."))
        if attrs.get("newcomers") and attrs.get("period", Period.EVER) != Period.EVER:
            raise serializers.ValidationError(_("That of newcomers is of all time."))
        period = Period.NEWCOMERS if attrs.get("newcomers") else attrs.get("period", Period.WEEK)
        return attrs | {"period": Period(period)}


class PastAskedSerializer(serializers.Serializer[Any]):
    """Of which length."""

    period = serializers.ChoiceField(
        [(one.value, one.label) for one in ENDING], required=False, default=Period.WEEK.value
    )


class LeaderSerializer(serializers.Serializer[Leader]):
    """A member who is named; equal points are an equal rank."""

    rank = serializers.IntegerField(read_only=True)
    points = serializers.IntegerField(read_only=True)
    member = MemberSerializer(read_only=True)


class YouSerializer(serializers.Serializer[Any]):
    """Where you stand."""

    rank = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Null beyond the first hundred."
    )
    points = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Null where it is not known, beyond these."
    )


class PastLeaderboardSerializer(serializers.Serializer[Listed]):
    """One that is over, with the first three ranks."""

    period = serializers.ChoiceField(Period.choices, read_only=True)
    starts_on = serializers.DateField(read_only=True, allow_null=True)
    ends_on = serializers.DateField(read_only=True, allow_null=True)
    members = serializers.IntegerField(read_only=True, help_text="So many have points.")
    ranked_at = serializers.DateTimeField(
        source="head.ranked_at", default=None, read_only=True, allow_null=True
    )
    results = LeaderSerializer(
        source="leaders", many=True, read_only=True,
        help_text="Ranks are missing where members do not let you see them here.",
    )  # fmt: skip


class LeaderboardSerializer(PastLeaderboardSerializer):
    """The first hundred of a time, of the whole site, a board or a tag."""

    board = serializers.SerializerMethodField()
    tag = serializers.SerializerMethodField()
    you = YouSerializer(
        read_only=True, allow_null=True,
        help_text="Null for visitors, and on the list of newcomers for all who are none.",
    )  # fmt: skip

    def get_board(self, listed: Listed) -> str | None:
        return listed.part.slug if listed.part.area == Area.BOARD else None

    def get_tag(self, listed: Listed) -> str | None:
        return listed.part.slug if listed.part.area == Area.TAG else None


class PastLeaderboardPageSerializer(serializers.Serializer[Any]):
    """Some that are over."""

    results = PastLeaderboardSerializer(many=True, read_only=True)
    next = NextField()
