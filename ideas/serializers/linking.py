"""Topics of the forum and ideas, tied together, for programs."""

from typing import Any, ClassVar

from rest_framework import serializers

from community.serializers import AddressField
from community.serializers.forum import TopicSerializer
from ideas.models import Idea, TopicLink
from ideas.models.topic_link import LinkKind
from ideas.serializers.boards import BoardField, BoardNameSerializer

LINK_KINDS = LinkKind.choices


class LinkedIdeaSerializer(serializers.ModelSerializer[Idea]):
    """An idea, as short as a link."""

    url = AddressField(source="get_absolute_url")
    board = BoardNameSerializer(read_only=True)
    supporters = serializers.IntegerField(source="tally.supports", read_only=True)

    class Meta:
        model = Idea
        fields: ClassVar = ["id", "url", "title", "status", "board", "supporters"]
        read_only_fields: ClassVar = fields


class TopicIdeaSerializer(serializers.ModelSerializer[TopicLink]):
    """An idea that belongs to a topic; `became`: it began as the topic."""

    idea = LinkedIdeaSerializer(read_only=True)

    class Meta:
        model = TopicLink
        fields: ClassVar = ["kind", "idea", "created_at"]
        read_only_fields: ClassVar = fields


class IdeaTopicSerializer(serializers.ModelSerializer[TopicLink]):
    """A topic that belongs to an idea; `became`: the idea began as it."""

    topic = TopicSerializer(read_only=True)

    class Meta:
        model = TopicLink
        fields: ClassVar = ["kind", "topic", "created_at"]
        read_only_fields: ClassVar = fields


class TopicIdeasSerializer(serializers.Serializer[Any]):
    """The ideas of a topic."""

    results = TopicIdeaSerializer(many=True, read_only=True)


class IdeaTopicsSerializer(serializers.Serializer[Any]):
    """The topics of an idea."""

    results = IdeaTopicSerializer(many=True, read_only=True)


class TurnSerializer(serializers.Serializer[Any]):
    """Where the idea shall stand."""

    board = BoardField(help_text="The slug of a board that takes new ideas.")
