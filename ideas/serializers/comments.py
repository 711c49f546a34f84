from typing import Any, ClassVar

from rest_framework import serializers

from community.serializers import AddressField, MemberSerializer, TextField
from ideas.models import Comment, CommentRevision
from ideas.models.comment import CommentKind
from ideas.serializers.boards import TeamSerializer
from ideas.serializers.paging import NextField


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment. Of one that moderation has hidden only the place is left."""

    url = AddressField(source="get_absolute_url")
    author = MemberSerializer(read_only=True, allow_null=True)
    team = TeamSerializer(
        read_only=True, allow_null=True, help_text="The team that the author spoke for."
    )
    resolved_by = MemberSerializer(read_only=True, allow_null=True)
    viewer_marked = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="Whether you said it helped; null for neither."
    )
    is_hidden = serializers.BooleanField(source="hidden_at", read_only=True)
    is_from_blocked = serializers.BooleanField(
        read_only=True, help_text="Whether you blocked the author: fold it away."
    )

    class Meta:
        model = Comment
        fields: ClassVar = [
            "id",
            "url",
            "idea",
            "parent",
            "author",
            "team",
            "kind",
            "body",
            "body_html",
            "version",
            "created_at",
            "edited_at",
            "resolved_at",
            "resolved_by",
            "helpful",
            "unhelpful",
            "viewer_marked",
            "is_hidden",
            "is_from_blocked",
        ]
        read_only_fields: ClassVar = fields

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        shown["is_hidden"] = instance.hidden_at is not None
        if shown["is_hidden"]:
            shown |= {"author": None, "team": None, "body": "", "body_html": ""}
        return shown


class ThreadSerializer(CommentSerializer):
    """A first comment with the beginning of its replies."""

    replies = CommentSerializer(source="shown_replies", many=True, read_only=True)
    has_more_replies = serializers.BooleanField(
        read_only=True, help_text="Whether `comments/{id}/replies/` knows more of them."
    )

    class Meta(CommentSerializer.Meta):
        fields: ClassVar = [*CommentSerializer.Meta.fields, "replies", "has_more_replies"]
        read_only_fields: ClassVar = fields


class ThreadPageSerializer(serializers.Serializer[Any]):
    """Some of an idea's discussion."""

    results = ThreadSerializer(many=True, read_only=True)
    next = NextField()


class CommentPageSerializer(serializers.Serializer[Any]):
    """Some replies."""

    results = CommentSerializer(many=True, read_only=True)
    next = NextField()


class NewCommentSerializer(serializers.Serializer[Any]):
    """Something to say about an idea."""

    body = TextField(max_length=5000, help_text="Markdown. `@handle` tells a member.")
    kind = serializers.ChoiceField(CommentKind.choices, default=CommentKind.COMMENT)
    parent = serializers.IntegerField(  # type: ignore[assignment] # becomes a field
        required=False, allow_null=True, help_text="The comment that this replies to."
    )


class ChangeCommentSerializer(serializers.Serializer[Any]):
    """What a comment shall say instead."""

    body = TextField(max_length=5000, help_text="Markdown; needed.")
    version = serializers.IntegerField(help_text="The version that you read; needed.")


class HelpfulSerializer(serializers.Serializer[Any]):
    """Whether a comment helped you."""

    helpful = serializers.BooleanField(default=True)


class CommentRevisionSerializer(serializers.ModelSerializer[CommentRevision]):
    """What a comment said before a change."""

    replaced_at = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = CommentRevision
        fields: ClassVar = ["number", "body", "replaced_at"]
        read_only_fields: ClassVar = fields


class CommentRevisionPageSerializer(serializers.Serializer[Any]):
    """Some of what a comment said before."""

    results = CommentRevisionSerializer(many=True, read_only=True)
    next = NextField()
