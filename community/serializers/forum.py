"""Spaces, topics and replies as programs read and write them."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.forum.listing import PAGE
from community.forum.ordering import LATEST, ORDERS
from community.models import Reply, ReplyRevision, Space, Team, Topic, TopicRevision
from community.models.topic import TopicKind
from community.serializers import AddressField, LineField, MemberSerializer, TextField
from community.serializers.paging import NextField
from community.services.topics import LONGEST_TAG, MOST_TAGS

MOST_TOPICS = 50
TOPIC_ORDERS = list(ORDERS)


class TeamSerializer(serializers.ModelSerializer[Team]):
    """A department of the company."""

    class Meta:
        model = Team
        fields: ClassVar = ["slug", "name"]
        read_only_fields: ClassVar = fields


class TagsField(serializers.ListField):
    """Tags in small letters, each on one line, none twice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=LineField(max_length=LONGEST_TAG), **kwargs)

    def to_internal_value(self, data: Any) -> list[str]:
        return list(dict.fromkeys(tag.lower() for tag in super().to_internal_value(data)))


class SpaceNameSerializer(serializers.ModelSerializer[Space]):
    """The space of a topic."""

    class Meta:
        model = Space
        fields: ClassVar = ["slug", "name"]
        read_only_fields: ClassVar = fields


class SpaceSerializer(serializers.ModelSerializer[Space]):
    """A part of the forum, about one subject."""

    url = AddressField(source="get_absolute_url")
    team = TeamSerializer(read_only=True, help_text="The team that answers here.")

    class Meta:
        model = Space
        fields: ClassVar = ["slug", "name", "url", "description", "team", "opened_by"]
        read_only_fields: ClassVar = fields


class SpaceListSerializer(serializers.Serializer[Any]):
    """Every space, in the order of the site."""

    results = SpaceSerializer(many=True, read_only=True)


@extend_schema_field({"type": "string", "maxLength": 50})
class SpaceField(serializers.Field[Any, Any, Any, Any]):
    """The slug of a space."""

    def to_internal_value(self, data: Any) -> Space:
        slug = data if isinstance(data, str) and data.isprintable() else ""
        space = Space.objects.in_order().filter(slug=slug).first()
        if space is None:
            raise serializers.ValidationError(_("There is no space of that name."))
        return space


class TopicListSerializer(serializers.Serializer[Any]):
    """What a list of topics can be asked for."""

    order = serializers.ChoiceField(TOPIC_ORDERS, default=LATEST.code)
    space = serializers.CharField(required=False, max_length=50, help_text="Its slug.")
    kind = serializers.ChoiceField(TopicKind.choices, required=False)
    tag = serializers.CharField(required=False, max_length=100, help_text="Its slug.")
    author = serializers.CharField(required=False, max_length=31, help_text="Their handle.")
    q = LineField(
        required=False, max_length=200, help_text="Words to find, in the topic or in a reply."
    )
    limit = serializers.IntegerField(default=PAGE, min_value=1, max_value=MOST_TOPICS)


class TopicTitleSerializer(serializers.Serializer[Any]):
    """A title that is being typed."""

    title = LineField(max_length=200)


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A topic as a list shows it."""

    url = AddressField(source="get_absolute_url")
    space = SpaceNameSerializer(read_only=True)
    author = MemberSerializer(read_only=True)
    replies = serializers.IntegerField(source="tally.replies", read_only=True)
    last_at = serializers.DateTimeField(source="tally.last_at", read_only=True)
    answered_at = serializers.DateTimeField(
        source="tally.answered_at", read_only=True, allow_null=True
    )
    solved_too = serializers.IntegerField(
        source="tally.solved", read_only=True, help_text="Whom else the answer helped."
    )

    is_from_blocked = serializers.BooleanField(
        read_only=True, default=False, help_text="Whether you blocked the author: fold it away."
    )

    class Meta:
        model = Topic
        fields: ClassVar = [
            "id",
            "url",
            "kind",
            "title",
            "snippet",
            "space",
            "author",
            "language",
            "replies",
            "created_at",
            "edited_at",
            "last_at",
            "closed_at",
            "answered_at",
            "solved_too",
            "is_from_blocked",
        ]
        read_only_fields: ClassVar = fields


class TopicPageSerializer(serializers.Serializer[Any]):
    """Some topics."""

    results = TopicSerializer(many=True, read_only=True)
    next = NextField()


class SimilarTopicsSerializer(serializers.Serializer[Any]):
    """Topics that ask about the same."""

    results = TopicSerializer(many=True, read_only=True)


class ReplySerializer(serializers.ModelSerializer[Reply]):
    """A reply in a topic."""

    url = AddressField(source="get_absolute_url")
    author = MemberSerializer(read_only=True)
    team = TeamSerializer(
        read_only=True, allow_null=True, help_text="The team that the author spoke for."
    )
    solved_too = serializers.IntegerField(source="solved", read_only=True)
    viewer_marked = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="Whether you said it helped; null for neither."
    )
    viewer_solved = serializers.BooleanField(
        read_only=True, help_text="Whether you said that it solved yours, too."
    )

    is_from_blocked = serializers.BooleanField(
        read_only=True, default=False, help_text="Whether you blocked the author: fold it away."
    )

    class Meta:
        model = Reply
        fields: ClassVar = [
            "id",
            "url",
            "topic",
            "author",
            "team",
            "quotes",
            "body",
            "body_html",
            "version",
            "created_at",
            "edited_at",
            "accepted_at",
            "solved_too",
            "helpful",
            "unhelpful",
            "viewer_marked",
            "viewer_solved",
            "is_from_blocked",
        ]
        read_only_fields: ClassVar = fields


class WholeTopicSerializer(TopicSerializer):
    """A topic with its text and its accepted answer."""

    team = TeamSerializer(
        read_only=True, allow_null=True, help_text="The team that the author spoke for."
    )
    tags = serializers.SerializerMethodField()
    is_followed = serializers.BooleanField(read_only=True, help_text="Whether you follow it.")
    answer = ReplySerializer(read_only=True, allow_null=True)

    class Meta(TopicSerializer.Meta):
        fields: ClassVar = [
            *TopicSerializer.Meta.fields,
            "team",
            "tags",
            "body",
            "body_html",
            "version",
            "is_followed",
            "answer",
        ]
        read_only_fields: ClassVar = fields

    def get_tags(self, topic: Topic) -> list[str]:
        return sorted(topic.tags.names())


class NewTopicSerializer(serializers.Serializer[Any]):
    """Something to bring up."""

    kind = serializers.ChoiceField(TopicKind.choices, default=TopicKind.QUESTION)
    space = SpaceField(help_text="The slug of a space.")
    title = LineField(max_length=200)
    body = TextField(max_length=20_000, help_text="Markdown. `@handle` tells a member.")
    language = serializers.ChoiceField(settings.LANGUAGES, required=False)
    tags = TagsField(max_length=MOST_TAGS, default=list)


class ChangeTopicSerializer(serializers.Serializer[Any]):
    """What a topic shall say instead. What is left out stays."""

    title = LineField(max_length=200, required=False)
    body = TextField(max_length=20_000, required=False, help_text="Markdown.")
    tags = TagsField(max_length=MOST_TAGS, required=False)
    version = serializers.IntegerField(help_text="The version that you read; needed.")


class NewReplySerializer(serializers.Serializer[Any]):
    """Something to say in a topic."""

    body = TextField(max_length=10_000, help_text="Markdown. `@handle` tells a member.")
    quotes = serializers.IntegerField(
        required=False, allow_null=True, help_text="The reply of the same topic that this quotes."
    )


class ChangeReplySerializer(serializers.Serializer[Any]):
    """What a reply shall say instead."""

    body = TextField(max_length=10_000, help_text="Markdown; needed.")
    version = serializers.IntegerField(help_text="The version that you read; needed.")


class ReplyPageSerializer(serializers.Serializer[Any]):
    """Some replies."""

    results = ReplySerializer(many=True, read_only=True)
    next = NextField()


class ReplyHelpfulSerializer(serializers.Serializer[Any]):
    """Whether a reply helped you."""

    helpful = serializers.BooleanField(default=True)


class ChosenAnswerSerializer(serializers.Serializer[Any]):
    """The reply that answers the question."""

    reply = serializers.IntegerField()


class TopicFollowSerializer(serializers.Serializer[Any]):
    """Whether you follow a topic."""

    following = serializers.BooleanField()


class TopicClosedSerializer(serializers.Serializer[Any]):
    """Whether a topic takes replies."""

    closed = serializers.BooleanField()


class TopicRevisionSerializer(serializers.ModelSerializer[TopicRevision]):
    """What a topic said before a change."""

    replaced_at = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = TopicRevision
        fields: ClassVar = ["number", "title", "body", "replaced_at"]
        read_only_fields: ClassVar = fields


class TopicRevisionPageSerializer(serializers.Serializer[Any]):
    """Some of what a topic said before."""

    results = TopicRevisionSerializer(many=True, read_only=True)
    next = NextField()


class ReplyRevisionSerializer(serializers.ModelSerializer[ReplyRevision]):
    """What a reply said before a change."""

    replaced_at = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = ReplyRevision
        fields: ClassVar = ["number", "body", "replaced_at"]
        read_only_fields: ClassVar = fields


class ReplyRevisionPageSerializer(serializers.Serializer[Any]):
    """Some of what a reply said before."""

    results = ReplyRevisionSerializer(many=True, read_only=True)
    next = NextField()
