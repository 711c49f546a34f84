from typing import Any

from rest_framework import serializers

from community.serializers import LineField, MemberSerializer
from ideas.models.co_author import CoAuthorState


class CoAuthorSerializer(serializers.Serializer[Any]):
    """A friend who was asked to write an idea along."""

    member = MemberSerializer(read_only=True)
    state = serializers.ChoiceField(CoAuthorState.choices, read_only=True)
    invited_at = serializers.DateTimeField(read_only=True)
    answered_at = serializers.DateTimeField(read_only=True, allow_null=True)


class CoAuthorListSerializer(serializers.Serializer[Any]):
    """Everybody who writes an idea along; while it is a draft, also who is asked or said no."""

    results = CoAuthorSerializer(many=True, read_only=True)


class InviteSerializer(serializers.Serializer[Any]):
    """Whom to ask."""

    handle = LineField(max_length=31, help_text="Of one of your friends.")


class InvitationSerializer(serializers.Serializer[Any]):
    """A draft that waits for your answer, with its text."""

    idea = serializers.IntegerField(source="idea_id", read_only=True)
    title = serializers.CharField(source="idea.title", read_only=True)
    body = serializers.CharField(source="idea.body", read_only=True)
    author = MemberSerializer(source="idea.author", read_only=True)
    invited_at = serializers.DateTimeField(read_only=True)


class InvitationListSerializer(serializers.Serializer[Any]):
    """Drafts that wait for your answer, the newest first."""

    results = InvitationSerializer(many=True, read_only=True)


class AcceptSerializer(serializers.Serializer[Any]):
    """Your answer."""

    accept = serializers.BooleanField()
