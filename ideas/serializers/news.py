from typing import Any

from rest_framework import serializers

from community.serializers import AddressField, MemberSerializer
from community.serializers.paging import NextField
from ideas.news import KINDS_OF_LINES
from ideas.serializers.boards import BoardNameSerializer


class NewsIdeaSerializer(serializers.Serializer[Any]):
    """An idea that something in your feed is about."""

    id = serializers.IntegerField(source="pk", read_only=True)
    title = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    url = AddressField(source="get_absolute_url")


class NewsSerializer(serializers.Serializer[Any]):
    """What reads as one line of your feed."""

    kind = serializers.ChoiceField(KINDS_OF_LINES, read_only=True)
    sentence = serializers.CharField(read_only=True, help_text="Who did what, in your language.")
    happened_at = serializers.DateTimeField(source="when", read_only=True)
    actors = MemberSerializer(many=True, read_only=True, help_text="Who did it, each once.")
    ideas = NewsIdeaSerializer(many=True, read_only=True, help_text="About what, each once.")
    excerpt = serializers.CharField(read_only=True)
    url = AddressField()


class NewsPageSerializer(serializers.Serializer[Any]):
    """Some of your feed."""

    results = NewsSerializer(many=True, read_only=True)
    next = NextField()


class FollowedTagSerializer(serializers.Serializer[Any]):
    """A tag that you follow."""

    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class FollowedSerializer(serializers.Serializer[Any]):
    """What you follow besides ideas."""

    boards = BoardNameSerializer(many=True, read_only=True)
    tags = FollowedTagSerializer(many=True, read_only=True)
    members = MemberSerializer(many=True, read_only=True)


class FeedAddressSerializer(serializers.Serializer[Any]):
    """The secret address of your feed, shown this once."""

    url = serializers.URLField(read_only=True)
