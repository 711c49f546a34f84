from typing import Any, ClassVar

from rest_framework import serializers

from community.serializers.paging import NextField
from ideas.roadmap import COLUMNS
from ideas.serializers.decisions import DecisionSerializer
from ideas.serializers.ideas import MOST_IDEAS, IdeaSerializer, ImageSerializer
from ideas.serializers.merges import CreditSerializer

ON_ROADMAP = [(status.value, status.label) for status in COLUMNS]


class ChangelogListSerializer(serializers.Serializer[Any]):
    """What the changelog can be asked for."""

    board = serializers.CharField(required=False, max_length=50, help_text="Its slug.")
    tag = serializers.CharField(required=False, max_length=100, help_text="Its slug.")
    limit = serializers.IntegerField(default=20, min_value=1, max_value=MOST_IDEAS)


class RoadmapListSerializer(ChangelogListSerializer):
    """What the roadmap can be asked for."""

    status = serializers.ChoiceField(
        ON_ROADMAP, required=False, help_text="One column; all of them without it."
    )


class RoadmapIdeaSerializer(IdeaSerializer):
    """An idea on the roadmap, with the decision that put it where it stands."""

    decided_at = serializers.DateTimeField(source="tally.decided_at", read_only=True)
    decision = DecisionSerializer(source="story.last", read_only=True)
    rough_when = serializers.CharField(
        source="story.rough_when",
        read_only=True,
        allow_blank=True,
        help_text="The last word on it; a later decision may leave it out.",
    )
    cost_band = serializers.CharField(
        source="story.cost_band", read_only=True, allow_blank=True, help_text="Likewise."
    )
    credits = CreditSerializer(many=True, read_only=True)

    class Meta(IdeaSerializer.Meta):
        fields: ClassVar = [
            *IdeaSerializer.Meta.fields,
            "decided_at",
            "decision",
            "rough_when",
            "cost_band",
            "credits",
        ]
        read_only_fields: ClassVar = fields


class ShippedIdeaSerializer(RoadmapIdeaSerializer):
    """What shipped, and how long it took."""

    days_to_ship = serializers.IntegerField(
        source="story.days", read_only=True, help_text="Days from posting to shipping."
    )
    days_since_promised = serializers.IntegerField(
        source="story.days_promised",
        read_only=True,
        allow_null=True,
        help_text="Days from the support that earned an answer to shipping; null without it.",
    )
    days_since_planned = serializers.IntegerField(
        source="story.days_planned",
        read_only=True,
        allow_null=True,
        help_text="Days from the first yes to shipping; null without one.",
    )
    images = ImageSerializer(source="pictures", many=True, read_only=True)

    class Meta(RoadmapIdeaSerializer.Meta):
        fields: ClassVar = [
            *RoadmapIdeaSerializer.Meta.fields,
            "days_to_ship",
            "days_since_promised",
            "days_since_planned",
            "images",
        ]
        read_only_fields: ClassVar = fields


class RoadmapPageSerializer(serializers.Serializer[Any]):
    """Some ideas of the roadmap."""

    results = RoadmapIdeaSerializer(many=True, read_only=True)
    next = NextField()


class ChangelogPageSerializer(serializers.Serializer[Any]):
    """Some ideas that shipped."""

    results = ShippedIdeaSerializer(many=True, read_only=True)
    next = NextField()
