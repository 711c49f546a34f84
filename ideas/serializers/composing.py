"""Decisions that wait, and what they begin with."""

from typing import Any, ClassVar

from rest_framework import serializers

from community.serializers import MemberSerializer, TextField
from community.serializers.paging import NextField
from ideas.models import DecisionTemplate, PendingDecision
from ideas.serializers.decisions import DecideSerializer
from ideas.serializers.ideas import POSTED
from ideas.status import CostBand, Reason

ACTIONS = ["approve", "return", "reschedule", "cancel"]


class PendingDecisionSerializer(serializers.ModelSerializer[PendingDecision]):
    """A decision that is not public yet. For the team alone."""

    proposed_by = MemberSerializer(read_only=True)
    approved_by = MemberSerializer(read_only=True, allow_null=True)
    reason = serializers.ChoiceField(Reason.choices, read_only=True, allow_blank=True)
    cost_band = serializers.ChoiceField(CostBand.choices, read_only=True, allow_blank=True)
    answers = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    uses = serializers.ListField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = PendingDecision
        fields: ClassVar = [
            "id",
            "idea",
            "state",
            "to_status",
            "statement",
            "reason",
            "change_our_mind",
            "rough_when",
            "cost_band",
            "revisit_on",
            "answers",
            "uses",
            "seen",
            "publish_at",
            "proposed_by",
            "proposed_at",
            "approved_by",
            "remark",
            "decision",
        ]
        read_only_fields: ClassVar = fields


class ComposeSerializer(DecideSerializer):
    """A decision to propose or to schedule."""

    uses = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        max_length=200,
        default=list,
        help_text="Ids of comments that went into it, and of concerns that changed it.",
    )
    publish_at = serializers.DateTimeField(
        default=None,
        allow_null=True,
        help_text="When it is to be public; null for once it is approved.",
    )


class JudgeSerializer(serializers.Serializer[Any]):
    """What is to become of a decision that waits."""

    id = serializers.IntegerField(help_text="The waiting decision that you read; needed.")
    action = serializers.ChoiceField(ACTIONS, help_text="Needed.")
    remark = TextField(
        max_length=500, default="", allow_blank=True, help_text="Needed to `return` it."
    )
    publish_at = serializers.DateTimeField(
        default=None, allow_null=True, help_text="Needed to `reschedule` it."
    )


class DecisionTemplateSerializer(serializers.ModelSerializer[DecisionTemplate]):
    """A text that a decision may begin with, with its placeholders as they are."""

    reason = serializers.ChoiceField(Reason.choices, read_only=True, allow_blank=True)

    class Meta:
        model = DecisionTemplate
        fields: ClassVar = [
            "id",
            "to_status",
            "reason",
            "language",
            "name",
            "statement",
            "change_our_mind",
        ]
        read_only_fields: ClassVar = fields


class DecisionTemplatePageSerializer(serializers.Serializer[Any]):
    """Some templates."""

    results = DecisionTemplateSerializer(many=True, read_only=True)
    next = NextField()


class TemplatesAskedSerializer(serializers.Serializer[Any]):
    """Which templates are wanted."""

    to = serializers.ChoiceField(POSTED, required=False)


class ReachSerializer(serializers.Serializer[Any]):
    """How many people a decision of yours would tell."""

    people = serializers.IntegerField(help_text="Author, supporters and followers, each once.")
    by_mail = serializers.IntegerField(help_text="Those of them who get an e-mail, too.")
    by_page_only = serializers.IntegerField()
    waiting_long = serializers.IntegerField(
        source="long", help_text="Those who have waited for more than half a year."
    )
    waiting_since = serializers.DateTimeField(source="since", allow_null=True)
    languages = serializers.ListField(child=serializers.CharField())
