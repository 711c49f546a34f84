from typing import Any, ClassVar

from rest_framework import serializers

from community.serializers import LineField, MemberSerializer, TextField
from community.serializers.paging import NextField
from ideas.models import Decision
from ideas.serializers.boards import TeamSerializer
from ideas.serializers.ideas import POSTED
from ideas.status import CostBand, Reason


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """One step of an idea, in public. It is never changed; corrections follow it."""

    member = MemberSerializer(read_only=True, allow_null=True)
    team = TeamSerializer(read_only=True, allow_null=True)
    reason = serializers.ChoiceField(Reason.choices, read_only=True, allow_blank=True)
    cost_band = serializers.ChoiceField(CostBand.choices, read_only=True, allow_blank=True)

    class Meta:
        model = Decision
        fields: ClassVar = [
            "id",
            "from_status",
            "to_status",
            "member",
            "team",
            "origin",
            "statement",
            "statement_html",
            "reason",
            "change_our_mind",
            "rough_when",
            "cost_band",
            "revisit_on",
            "created_at",
        ]
        read_only_fields: ClassVar = fields


class DecisionPageSerializer(serializers.Serializer[Any]):
    """Some decisions on an idea."""

    results = DecisionSerializer(many=True, read_only=True)
    next = NextField()


class DecideSerializer(serializers.Serializer[Any]):
    """A step to take. Which fields it needs, the idea's `steps` say."""

    to = serializers.ChoiceField(POSTED)
    statement = TextField(max_length=5000, default="", allow_blank=True, help_text="Markdown.")
    reason = serializers.ChoiceField(Reason.choices, default="", allow_blank=True)
    change_our_mind = TextField(max_length=1000, default="", allow_blank=True)
    rough_when = LineField(max_length=60, default="", allow_blank=True)
    cost_band = serializers.ChoiceField(CostBand.choices, default="", allow_blank=True)
    revisit_on = serializers.DateField(default=None, allow_null=True)
    seen = serializers.IntegerField(
        required=False,
        allow_null=True,
        help_text="The id of the last decision you saw; 0 for none.",
    )
    answers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        max_length=200,
        default=list,
        help_text="Ids of open questions and concerns that it settles.",
    )
