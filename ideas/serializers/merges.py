from typing import Any, ClassVar

from rest_framework import serializers

from community.serializers import AddressField, LineField, MemberSerializer, TextField
from community.serializers.paging import NextField
from ideas.models import Contribution, Idea, Merge
from ideas.serializers.boards import TeamSerializer
from ideas.status import Status

POSTED = [(status.value, status.label) for status in Status if status != Status.DRAFT]


class MergedIdeaSerializer(serializers.ModelSerializer[Idea]):
    """An idea that stands under another one. Its votes and comments stay its own."""

    author = MemberSerializer(read_only=True)
    supporters = serializers.IntegerField(source="tally.supports", read_only=True)

    class Meta:
        model = Idea
        fields: ClassVar = ["id", "title", "body_html", "author", "supporters", "opened_at"]
        read_only_fields: ClassVar = fields


class MergeSerializer(serializers.ModelSerializer[Merge]):
    """That an idea was merged: why, by whom, and what its author says to it."""

    url = AddressField(source="get_absolute_url")
    idea = MergedIdeaSerializer(source="duplicate", read_only=True)
    into = serializers.IntegerField(
        source="survivor_id", read_only=True, help_text="The idea that it was merged into."
    )
    merged_by = MemberSerializer(read_only=True)
    team = TeamSerializer(read_only=True, allow_null=True)
    replied_by = MemberSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Merge
        fields: ClassVar = [
            "id",
            "url",
            "idea",
            "into",
            "note",
            "merged_by",
            "team",
            "merged_at",
            "consent",
            "consent_at",
            "objection",
            "reply",
            "replied_by",
            "replied_at",
        ]
        read_only_fields: ClassVar = fields


class MergedSerializer(serializers.Serializer[Any]):
    """What was merged into an idea, the first merge first."""

    results = MergeSerializer(many=True, read_only=True)


class NewMergeSerializer(serializers.Serializer[Any]):
    """Which idea stays, and why the two are the same."""

    into = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    note = LineField(max_length=500, help_text="Public, and told to the author.")


class UndoSerializer(serializers.Serializer[Any]):
    """Why a merge is undone."""

    note = LineField(max_length=500)


class ConsentSerializer(serializers.Serializer[Any]):
    """What the author of a merged idea says to it."""

    agrees = serializers.BooleanField()
    objection = TextField(
        max_length=2000,
        default="",
        allow_blank=True,
        help_text="What makes the idea another one; needed to object.",
    )


class ReplySerializer(serializers.Serializer[Any]):
    """The team's answer to an objection."""

    reply = TextField(max_length=2000)


class PartSerializer(serializers.ModelSerializer[Contribution]):
    """One part in an idea."""

    url = AddressField(source="get_absolute_url")

    class Meta:
        model = Contribution
        fields: ClassVar = ["part", "url", "comment", "reply", "decision", "recorded_at"]
        read_only_fields: ClassVar = fields


class CreditSerializer(serializers.Serializer[Any]):
    """A member and their parts in an idea, the larger part first."""

    member = MemberSerializer(read_only=True)
    parts = PartSerializer(many=True, read_only=True)


class CreditsSerializer(serializers.Serializer[Any]):
    """Who made an idea: its author, authors of merged ideas, and whoever gave to it."""

    results = CreditSerializer(many=True, read_only=True)


class MemberPartSerializer(PartSerializer):
    """A member's part in an idea."""

    idea = serializers.IntegerField(source="idea_id", read_only=True)
    title = serializers.CharField(source="idea.title", read_only=True)
    merged_into = serializers.IntegerField(
        source="idea.merged_into_id", read_only=True, allow_null=True
    )
    status = serializers.SerializerMethodField()

    class Meta(PartSerializer.Meta):
        fields: ClassVar = ["idea", "title", "merged_into", "status", *PartSerializer.Meta.fields]
        read_only_fields: ClassVar = fields

    def get_status(self, part: Contribution) -> str:
        return (part.idea.merged_into or part.idea).status


class MemberCreditsSerializer(serializers.Serializer[Any]):
    """Some of a member's parts in ideas."""

    results = MemberPartSerializer(many=True, read_only=True)
    next = NextField()
