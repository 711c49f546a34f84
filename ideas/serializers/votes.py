from typing import Any, ClassVar

from rest_framework import serializers

from community.serializers.paging import NextField
from ideas.models import Voiding
from ideas.models.voiding import VoidingState
from ideas.serializers.boards import BoardNameSerializer

STATES = [VoidingState.DONE.value, VoidingState.UNDONE.value]


class VoidingSerializer(serializers.ModelSerializer[Voiding]):
    """Votes that were voided at once."""

    state = serializers.ChoiceField(STATES, read_only=True)
    boards = BoardNameSerializer(many=True, read_only=True)
    ideas = serializers.IntegerField(source="idea_count", read_only=True)
    members = serializers.IntegerField(source="member_count", read_only=True)
    voided_at = serializers.DateTimeField(source="done_at", read_only=True)
    undone_at = serializers.DateTimeField(source="ended_at", read_only=True, allow_null=True)
    undone_because = serializers.CharField(source="ended_why", read_only=True)

    class Meta:
        model = Voiding
        fields: ClassVar = [
            "id", "state", "votes", "ideas", "members", "boards", "summary", "voided_at",
            "undone_at", "undone_because",
        ]  # fmt: skip
        read_only_fields: ClassVar = fields


class VoidingPageSerializer(serializers.Serializer[Any]):
    """A part of the log."""

    results = VoidingSerializer(many=True)
    next = NextField()
