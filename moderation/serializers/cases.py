"""What programs send and get about reports and decisions."""

from typing import Any, ClassVar

from rest_framework import serializers

from community.serializers import AddressField, TextField
from community.serializers.paging import NextField
from moderation.grounds import Action
from moderation.models import Clause, Complaint, ComplaintOutcome, Flag, Outcome, Statement
from moderation.things import Kind


class ReportSerializer(serializers.ModelSerializer[Flag]):
    """A report of yours, and what became of it."""

    kind = serializers.ChoiceField(Kind.choices, source="case.kind", read_only=True)
    title = serializers.CharField(source="case.title", read_only=True)
    clause = serializers.SlugField(source="clause.key", read_only=True)
    outcome = serializers.ChoiceField(
        Outcome.choices,
        allow_blank=True,
        read_only=True,
        help_text="Empty until a moderator has decided.",
    )

    class Meta:
        model = Flag
        fields: ClassVar = [
            "id", "kind", "title", "clause", "note", "flagged_at", "withdrawn_at", "outcome",
        ]  # fmt: skip
        read_only_fields: ClassVar = fields


class ReportPageSerializer(serializers.Serializer[Any]):
    """Some of your reports."""

    results = ReportSerializer(many=True, read_only=True)
    next = NextField()


class NewReportSerializer(serializers.Serializer[Any]):
    """What breaks which rule."""

    kind = serializers.ChoiceField(Kind.choices)
    key = serializers.CharField(
        max_length=40, help_text="The number of the thing; of a profile, the handle."
    )
    clause = serializers.SlugField(help_text="The key of one of the house rules that hold.")
    note = TextField(
        max_length=1000, required=False, default="", allow_blank=True,
        help_text="For the moderators alone.",
    )  # fmt: skip

    def validate_clause(self, key: str) -> Clause:
        found = Clause.objects.in_force().filter(key=key).first()
        if found is None:
            raise serializers.ValidationError("There is no such rule.", code="unknown")
        return found


class ComplaintSerializer(serializers.ModelSerializer[Complaint]):
    """A complaint of yours, and its answer."""

    outcome = serializers.ChoiceField(ComplaintOutcome.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Complaint
        fields: ClassVar = ["words", "filed_at", "due_at", "outcome", "answer", "decided_at"]
        read_only_fields: ClassVar = fields


class NewComplaintSerializer(serializers.Serializer[Any]):
    """What is wrong with a decision."""

    words = TextField(max_length=3000)


class StatementSerializer(serializers.ModelSerializer[Statement]):
    """A statement of reasons: what was decided about a text of yours, and why.

    Categories, grounds and sources are the words of the EU's transparency database.
    """

    url = AddressField(source="get_absolute_url")
    kind = serializers.ChoiceField(Kind.choices, source="decision.case.kind", read_only=True)
    title = serializers.CharField(source="decision.case.title", read_only=True)
    text = serializers.CharField(source="decision.case.text", read_only=True)
    action = serializers.ChoiceField(Action.choices, source="decision.action", read_only=True)
    visibility = serializers.CharField(source="decision.visibility", read_only=True)
    ground = serializers.CharField(source="decision.ground", read_only=True)
    legal_ground = serializers.CharField(source="decision.legal_ground", read_only=True)
    clause = serializers.SlugField(
        source="decision.clause.key", read_only=True, allow_null=True, default=None
    )
    clause_words = serializers.CharField(source="decision.clause_words", read_only=True)
    category = serializers.CharField(source="decision.category", read_only=True)
    explanation = serializers.CharField(source="decision.explanation", read_only=True)
    facts = serializers.CharField(source="decision.facts", read_only=True)
    came_by = serializers.CharField(source="decision.source", read_only=True)
    automated_decision = serializers.CharField(source="decision.automated_decision", read_only=True)
    ends_at = serializers.DateTimeField(
        source="decision.ends_at", read_only=True, allow_null=True,
        help_text="When it ends by itself, where a program decided.",
    )  # fmt: skip
    lifted_at = serializers.DateTimeField(
        source="decision.restriction.lifted_at", read_only=True, allow_null=True, default=None
    )
    complain_until = serializers.DateTimeField(read_only=True)
    complaint = ComplaintSerializer(source="answered_by", read_only=True, allow_null=True)

    class Meta:
        model = Statement
        fields: ClassVar = [
            "puid", "url", "kind", "title", "text", "action", "visibility", "ground",
            "legal_ground", "clause", "clause_words", "category", "explanation", "facts", "came_by",
            "automated_decision", "informed_at", "ends_at", "lifted_at", "complain_until",
            "complaint",
        ]  # fmt: skip
        read_only_fields: ClassVar = fields


class StatementPageSerializer(serializers.Serializer[Any]):
    """Some of what was decided about your texts."""

    results = StatementSerializer(many=True, read_only=True)
    next = NextField()
