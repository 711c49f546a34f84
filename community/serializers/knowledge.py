"""What somebody knows, for programs."""

from typing import Any, ClassVar

from rest_framework import serializers

from community.models import Reply, Topic
from community.serializers.members import AddressField
from community.serializers.paging import NextField


class AnsweredTopicSerializer(serializers.ModelSerializer[Topic]):
    """The question that an answer answers."""

    url = AddressField(source="get_absolute_url")

    class Meta:
        model = Topic
        fields: ClassVar = ["id", "url", "title", "language"]
        read_only_fields: ClassVar = fields


class KnownAnswerSerializer(serializers.ModelSerializer[Reply]):
    """An accepted answer, as it stands in its author's profile."""

    url = AddressField(source="get_absolute_url")
    topic = AnsweredTopicSerializer(read_only=True)
    solved_too = serializers.IntegerField(source="solved", read_only=True)

    class Meta:
        model = Reply
        fields: ClassVar = [
            "id", "url", "topic", "body_html", "created_at", "accepted_at", "solved_too",
        ]  # fmt: skip
        read_only_fields: ClassVar = fields


class AnswerPageSerializer(serializers.Serializer[Any]):
    """Some accepted answers."""

    results = KnownAnswerSerializer(many=True, read_only=True)
    next = NextField()
