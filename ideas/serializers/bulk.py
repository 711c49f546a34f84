"""The same deed on many ideas, as programs ask for it, and what became of it."""

from typing import Any

from rest_framework import serializers

from community.serializers import LineField, TextField
from community.serializers.forum import TagsField
from ideas.models import Idea
from ideas.serializers.ideas import POSTED
from ideas.services.bulk import MOST
from ideas.status import CostBand, Reason


class _ManySerializer(serializers.Serializer[Any]):
    ideas = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        min_length=1,
        max_length=MOST,
        help_text="Their ids. Those that you may not see are in neither list of the answer.",
    )


class ManyTagsSerializer(_ManySerializer):
    """Tags for many ideas."""

    add = TagsField(min_length=1)


class ManyAssignmentsSerializer(_ManySerializer):
    """Somebody who looks after many ideas, whoever did so before."""

    assignee = serializers.CharField(
        max_length=31, allow_null=True, default=None, help_text="A handle; null for nobody."
    )
    team = serializers.CharField(
        max_length=50, allow_null=True, default=None, help_text="A slug; null for the boards' own."
    )


class ManyQuestionsSerializer(_ManySerializer):
    """One question to the authors of many ideas."""

    statement = TextField(max_length=5000, help_text="Markdown, public.")


class ManyMergesSerializer(_ManySerializer):
    """Many ideas that are the same."""

    into = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="The one of them that stays."
    )
    note = LineField(max_length=500, help_text="Why they are the same. Public.")


class ManyDecisionsSerializer(_ManySerializer):
    """One step for many ideas. What the step needs is asked of each."""

    to = serializers.ChoiceField(POSTED)
    statement = TextField(max_length=5000, default="", allow_blank=True, help_text="Markdown.")
    reason = serializers.ChoiceField(Reason.choices, default="", allow_blank=True)
    change_our_mind = TextField(max_length=1000, default="", allow_blank=True)
    rough_when = LineField(max_length=60, default="", allow_blank=True)
    cost_band = serializers.ChoiceField(CostBand.choices, default="", allow_blank=True)
    revisit_on = serializers.DateField(default=None, allow_null=True)


class RefusedIdeaSerializer(serializers.Serializer[Any]):
    """An idea that was left as it is, and why."""

    idea = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True, help_text="For programs. It never changes.")
    reason = serializers.CharField(read_only=True, help_text="For people, in their language.")


class OutcomeSerializer(serializers.Serializer[Any]):
    """To which ideas it was done, and which were refused."""

    done = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    refused = RefusedIdeaSerializer(many=True, read_only=True)

    def to_representation(self, outcome: Any) -> dict[str, Any]:
        return {
            "done": [idea.pk for idea in outcome.done],
            "refused": [_refused(idea, verdict) for idea, verdict in outcome.refused],
        }


def _refused(idea: Idea, verdict: Any) -> dict[str, Any]:
    return {"idea": idea.pk, "code": verdict.code, "reason": str(verdict.reason)}
