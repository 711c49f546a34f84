"""Points and rules as programs read them."""

from typing import Any, ClassVar

from rest_framework import serializers

from community.serializers.paging import NextField
from reputation.explaining import PERIODS, Line
from reputation.kinds import CAPPED, Cause, Kind, Thing
from reputation.models import Rule, RuleBook


class PointsAskedSerializer(serializers.Serializer[Any]):
    """Which points."""

    kind = serializers.ChoiceField(Kind.choices, required=False, default="")
    period = serializers.ChoiceField(
        list(PERIODS), required=False, default="", help_text="So many days back."
    )


class PointsSerializer(serializers.Serializer[Line]):
    """One entry of the ledger."""

    id = serializers.IntegerField(source="entry.pk", read_only=True)
    points = serializers.IntegerField(source="entry.points", read_only=True)
    kind = serializers.ChoiceField(Kind.choices, source="entry.kind", read_only=True)
    cause = serializers.ChoiceField(Cause.choices, source="entry.cause", read_only=True)
    thing = serializers.ChoiceField(Thing.choices, source="entry.thing", read_only=True)
    thing_id = serializers.IntegerField(source="entry.thing_id", read_only=True)
    sentence = serializers.CharField(read_only=True, help_text="What it is for, in your language.")
    rules = serializers.IntegerField(
        source="entry.book_id", read_only=True, help_text="By which version."
    )
    reverses = serializers.IntegerField(
        source="entry.reverses_id", read_only=True, allow_null=True, help_text="The `id` it undoes."
    )
    occurred_at = serializers.DateTimeField(source="entry.occurred_at", read_only=True)
    counts_on = serializers.DateField(
        source="entry.counts_on", read_only=True, help_text="The day under whose cap it falls."
    )


class PointsPageSerializer(serializers.Serializer[Any]):
    """Some of your points."""

    results = PointsSerializer(many=True, read_only=True)
    next = NextField()


class RuleSerializer(serializers.ModelSerializer[Rule]):
    capped = serializers.SerializerMethodField()

    class Meta:
        model = Rule
        fields: ClassVar = ["kind", "points", "capped"]

    def get_capped(self, rule: Rule) -> bool:
        return rule.kind in CAPPED


class RuleBookSerializer(serializers.ModelSerializer[RuleBook]):
    """One version of the rules."""

    rules = RuleSerializer(many=True, read_only=True)

    class Meta:
        model = RuleBook
        fields: ClassVar = ["version", "holds_from", "daily_cap", "why", "rules"]
