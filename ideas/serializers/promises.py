from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.serializers import MemberSerializer, TextField
from community.serializers.paging import NextField
from ideas.models import Promise, PromisePause, PromiseTerms
from ideas.models.promise import PromiseKind
from ideas.serializers.boards import BoardNameSerializer, TeamSerializer


class TallySerializer(serializers.Serializer[Any]):
    """What became of promises. Days are whole ones, begun days counted."""

    kept = serializers.IntegerField()
    late = serializers.IntegerField()
    overdue = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    percent = serializers.IntegerField(
        allow_null=True, help_text="100 · kept ÷ (kept + late + overdue), rounded down."
    )
    median = serializers.IntegerField(allow_null=True, help_text="Half came within these days.")
    p90 = serializers.IntegerField(allow_null=True, help_text="Nine of ten within these.")


class MonthSerializer(serializers.Serializer[Any]):
    """What ended in a month."""

    month = serializers.DateField(source="first", help_text="Its first day, by UTC.")
    tally = TallySerializer()


class LoadSerializer(serializers.Serializer[Any]):
    """What is owed right now."""

    running = serializers.IntegerField()
    paused = serializers.IntegerField()
    overdue = serializers.IntegerField()


class TeamRecordSerializer(serializers.Serializer[Any]):
    """The record of one team."""

    slug = serializers.CharField()
    name = serializers.CharField()
    tally = TallySerializer()
    load = LoadSerializer()


class KindSerializer(serializers.Serializer[Any]):
    """The record of answers, or of first replies."""

    kind = serializers.ChoiceField(PromiseKind.choices, source="code")
    total = TallySerializer()
    load = LoadSerializer()
    months = MonthSerializer(many=True)
    teams = TeamRecordSerializer(many=True, source="by_team")


class TermsSerializer(serializers.ModelSerializer[PromiseTerms]):
    """What a board promised from a moment on."""

    board = BoardNameSerializer(read_only=True)
    calendar = serializers.CharField(
        source="calendar.name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = PromiseTerms
        fields: ClassVar = [
            "board",
            "since",
            "answer_threshold",
            "answer_days",
            "reply_days",
            "reopen_threshold",
            "calendar",
        ]
        read_only_fields: ClassVar = fields


class PauseSerializer(serializers.ModelSerializer[PromisePause]):
    """A time in which the clock stood still."""

    class Meta:
        model = PromisePause
        fields: ClassVar = ["cause", "started_at", "ended_at"]
        read_only_fields: ClassVar = fields


class OwedOnSerializer(serializers.Serializer[Any]):
    """The idea on which something is owed; without title and address if moderation hid it."""

    id = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_id(self, idea: Any) -> int | None:
        return None if idea.hidden_at else idea.pk

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_title(self, idea: Any) -> str | None:
        return None if idea.hidden_at else idea.title

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_url(self, idea: Any) -> str | None:
        address = self.context["request"].build_absolute_uri
        return None if idea.hidden_at else address(idea.get_absolute_url())


class PromiseSerializer(serializers.ModelSerializer[Promise]):
    """What a board owes or owed an idea, by when, and what became of it."""

    idea = OwedOnSerializer(source="owed_on", read_only=True)
    board = BoardNameSerializer(read_only=True)
    team = TeamSerializer(read_only=True)
    calendar = serializers.CharField(
        source="calendar.name", read_only=True, allow_null=True, default=None
    )
    withdrawn_by = MemberSerializer(read_only=True, allow_null=True)
    withdrawal_reason = serializers.CharField(read_only=True)

    class Meta:
        model = Promise
        fields: ClassVar = [
            "id",
            "idea",
            "board",
            "team",
            "kind",
            "state",
            "threshold",
            "days",
            "calendar",
            "started_at",
            "due_at",
            "paused_days",
            "ended_at",
            "decision",
            "comment",
            "withdrawn_by",
            "withdrawal_reason",
        ]
        read_only_fields: ClassVar = fields


class WholePromiseSerializer(PromiseSerializer):
    """With its pauses."""

    pauses = PauseSerializer(many=True, read_only=True)

    class Meta(PromiseSerializer.Meta):
        fields: ClassVar = [*PromiseSerializer.Meta.fields, "pauses"]
        read_only_fields: ClassVar = fields


class RecordSerializer(serializers.Serializer[Any]):
    """The record of promises of the last twelve months; what was withdrawn; what is promised."""

    kinds = KindSerializer(many=True)
    withdrawn = PromiseSerializer(many=True)
    terms = TermsSerializer(many=True)


class PromisePageSerializer(serializers.Serializer[Any]):
    """Some promises, the longest owed first."""

    results = PromiseSerializer(many=True, read_only=True)
    next = NextField()


class PromisesSerializer(serializers.Serializer[Any]):
    """All promises of an idea, the newest first."""

    results = WholePromiseSerializer(many=True, read_only=True)


class WithdrawSerializer(serializers.Serializer[Any]):
    """Why a promise will not be kept."""

    reason = TextField(max_length=500, help_text="Public.")


class OfBoardSerializer(serializers.Serializer[Any]):
    """Of which board; of all where none is named."""

    board = serializers.CharField(required=False, max_length=50, help_text="Its slug.")
