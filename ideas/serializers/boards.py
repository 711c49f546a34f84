from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.serializers import AddressField
from community.serializers.forum import TeamSerializer as TeamSerializer
from ideas.models import Board


class BoardNameSerializer(serializers.ModelSerializer[Board]):
    """The board of an idea."""

    class Meta:
        model = Board
        fields: ClassVar = ["slug", "name"]
        read_only_fields: ClassVar = fields


class BoardSerializer(serializers.ModelSerializer[Board]):
    """A product area, its team and what that team promises."""

    url = AddressField(source="get_absolute_url")
    team = TeamSerializer(read_only=True)
    calendar = serializers.CharField(
        source="calendar.name",
        allow_null=True,
        read_only=True,
        default=None,
        help_text="The working calendar that days are counted by; null where every day counts.",
    )

    class Meta:
        model = Board
        fields: ClassVar = [
            "slug",
            "name",
            "url",
            "description",
            "team",
            "accepts_ideas",
            "answer_threshold",
            "answer_days",
            "reply_days",
            "calendar",
            "reopen_threshold",
            "uses_budget",
        ]
        read_only_fields: ClassVar = fields


class BoardListSerializer(serializers.Serializer[Any]):
    """Every board, in the order of the site."""

    results = BoardSerializer(many=True, read_only=True)


@extend_schema_field({"type": "string", "maxLength": 50})
class BoardField(serializers.Field[Any, Any, Any, Any]):
    """The slug of a board that takes new ideas."""

    def to_internal_value(self, data: Any) -> Board:
        slug = data if isinstance(data, str) and data.isprintable() else ""
        board = Board.objects.filter(slug=slug, accepts_ideas=True).first()
        if board is None:
            raise serializers.ValidationError(_("No board of that name takes new ideas."))
        return board
