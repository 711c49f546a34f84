"""The house rules, for programs."""

from typing import ClassVar

from rest_framework import serializers

from moderation.models import Clause, HouseRules


class ClauseSerializer(serializers.ModelSerializer[Clause]):
    """One rule in the language that was asked for. Its key stays the same in all versions."""

    title = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True, help_text="Markdown.")
    url = serializers.CharField(
        source="get_absolute_url", read_only=True, help_text="Its place on the page."
    )

    class Meta:
        model = Clause
        fields: ClassVar = ["key", "title", "text", "category", "severity", "url"]
        read_only_fields: ClassVar = ["key", "category", "severity"]


class RulesSerializer(serializers.ModelSerializer[HouseRules]):
    """A version of the house rules with its clauses."""

    text = serializers.CharField(read_only=True, help_text="What they are for; Markdown.")
    clauses = ClauseSerializer(many=True, read_only=True)

    class Meta:
        model = HouseRules
        fields: ClassVar = ["number", "effective_at", "text", "clauses"]
        read_only_fields: ClassVar = ["number", "effective_at"]
