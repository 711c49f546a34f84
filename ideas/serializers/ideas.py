from typing import Any, ClassVar

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.models.names import FORMER
from community.serializers import AddressField, LineField, MemberSerializer, TextField
from community.serializers.forum import TagsField
from community.serializers.paging import NextField
from ideas.clock import STATES
from ideas.listing import PAGE
from ideas.models import Idea, IdeaImage, IdeaRevision, SupportQuality
from ideas.models.support import SupportState
from ideas.ordering import HOT, ORDERS
from ideas.serializers.boards import BoardField, BoardNameSerializer
from ideas.services.writing import MOST_TAGS
from ideas.status import Status

MOST_IDEAS = 50
CLOCK_STATES = list(STATES)
ORDER_CODES = list(ORDERS)
POSTED = [(status.value, status.label) for status in Status if status != Status.DRAFT]
SUPPORT_STATES = ["none", *(s.value for s in SupportState if s != SupportState.WITHDRAWN)]


class ListSerializer(serializers.Serializer[Any]):
    """What a list of ideas can be asked for."""

    order = serializers.ChoiceField(ORDER_CODES, default=HOT.code)
    board = serializers.CharField(required=False, max_length=50, help_text="Its slug.")
    status = serializers.ChoiceField(POSTED, required=False)
    tag = serializers.CharField(required=False, max_length=100, help_text="Its slug.")
    author = serializers.CharField(required=False, max_length=31, help_text="Their handle.")
    q = LineField(
        required=False,
        max_length=200,
        help_text="Words to find. Quotes, OR and a minus sign work: `tariff OR price -night`.",
    )
    since = serializers.DateField(required=False, help_text="Posted on this day or later.")
    until = serializers.DateField(required=False, help_text="Posted on this day or earlier.")
    limit = serializers.IntegerField(default=PAGE, min_value=1, max_value=MOST_IDEAS)


class TitleSerializer(serializers.Serializer[Any]):
    """A title that is being typed."""

    title = LineField(max_length=200)


class ClockSerializer(serializers.Serializer[Any]):
    """How a promise of the board stands."""

    state = serializers.ChoiceField(CLOCK_STATES)
    words = serializers.CharField()


class StepSerializer(serializers.Serializer[Any]):
    """Where you may take an idea, and which fields of the decision that needs."""

    to = serializers.ChoiceField(POSTED, source="target")
    label = serializers.CharField()  # type: ignore[assignment] # becomes a field
    needs = serializers.SerializerMethodField()

    def get_needs(self, step: Any) -> list[str]:
        return sorted(step.needs)


class ImageSerializer(serializers.ModelSerializer[IdeaImage]):
    """A picture of an idea."""

    url = serializers.ImageField(source="file", read_only=True)

    class Meta:
        model = IdeaImage
        fields: ClassVar = ["id", "url", "width", "height", "description"]
        read_only_fields: ClassVar = fields


class UploadSerializer(serializers.Serializer[Any]):
    """A picture to add."""

    file = serializers.FileField(max_length=255)
    description = LineField(
        max_length=200, default="", allow_blank=True, help_text="What the picture shows."
    )


class NameSerializer(serializers.Serializer[Any]):
    """Handle and name of a member."""

    handle = serializers.CharField(read_only=True)
    display_name = serializers.SerializerMethodField()

    def get_display_name(self, name: dict[str, str]) -> str:
        return name["display_name"] or str(FORMER)


class IdeaSerializer(serializers.ModelSerializer[Idea]):
    """An idea as a list shows it."""

    url = AddressField(source="get_absolute_url")
    board = BoardNameSerializer(read_only=True)
    author = MemberSerializer(read_only=True)
    co_authors = serializers.SerializerMethodField()
    tags = serializers.SerializerMethodField()
    supporters = serializers.IntegerField(source="tally.supports", read_only=True)
    comments = serializers.IntegerField(source="tally.comments", read_only=True)
    clock = ClockSerializer(read_only=True, allow_null=True)
    reply_clock = ClockSerializer(read_only=True, allow_null=True)
    viewer_support = serializers.SerializerMethodField()
    is_from_blocked = serializers.BooleanField(
        read_only=True, help_text="Whether you blocked the author: fold it away."
    )
    is_followed = serializers.BooleanField(read_only=True, help_text="Whether you follow it.")

    class Meta:
        model = Idea
        fields: ClassVar = [
            "id",
            "url",
            "title",
            "snippet",
            "board",
            "author",
            "co_authors",
            "language",
            "tags",
            "status",
            "supporters",
            "earlier_supporters",
            "comments",
            "opened_at",
            "edited_at",
            "clock",
            "reply_clock",
            "answer_due_at",
            "answered_at",
            "clock_paused_at",
            "promise_withdrawn_at",
            "reply_due_at",
            "replied_at",
            "viewer_support",
            "is_from_blocked",
            "is_followed",
        ]
        read_only_fields: ClassVar = fields

    @extend_schema_field(NameSerializer(many=True))
    def get_co_authors(self, idea: Any) -> list[dict[str, str]]:
        return idea.co_writers or []

    def get_tags(self, idea: Idea) -> list[str]:
        return [row.tag.name for row in idea.idea_tags.all()]

    @extend_schema_field(serializers.ChoiceField(SUPPORT_STATES))
    def get_viewer_support(self, idea: Any) -> str:
        return idea.viewer_support or "none"


class QualitySerializer(serializers.ModelSerializer[SupportQuality]):
    """What stands beside the tally and never in it; measured now and then. See docs/votes.md."""

    supporters = serializers.IntegerField(read_only=True, help_text="The tally when measured.")
    independent = serializers.IntegerField(
        source="independent_whole",
        read_only=True,
        help_text="How many supporters, all strangers to each other, would weigh as much.",
    )
    circle_percent = serializers.IntegerField(
        read_only=True, help_text="Friends of who wrote the idea, rounded to tens."
    )

    class Meta:
        model = SupportQuality
        fields: ClassVar = ["supporters", "independent", "circle_percent"]
        read_only_fields: ClassVar = fields


class WholeIdeaSerializer(IdeaSerializer):
    """An idea as its page shows it."""

    support_quality = serializers.SerializerMethodField()

    source_url = serializers.CharField(
        read_only=True, help_text="Where it was imported from; empty if it was written here."
    )
    merged_into = serializers.IntegerField(
        source="merged_into_id",
        read_only=True,
        allow_null=True,
        help_text="The idea that stands for this one, if it was merged; support is given there.",
    )
    images = ImageSerializer(many=True, read_only=True)
    steps = StepSerializer(many=True, read_only=True)

    class Meta(IdeaSerializer.Meta):
        fields: ClassVar = [
            *IdeaSerializer.Meta.fields,
            "body",
            "body_html",
            "version",
            "draft_version",
            "created_at",
            "source_url",
            "merged_into",
            "images",
            "steps",
            "support_quality",
        ]
        read_only_fields: ClassVar = fields

    @extend_schema_field(QualitySerializer(allow_null=True))
    def get_support_quality(self, idea: Any) -> Any:
        quality = getattr(idea, "quality", None)
        return QualitySerializer(quality).data if quality and quality.is_shown else None


class IdeaPageSerializer(serializers.Serializer[Any]):
    """Some ideas of a list."""

    results = IdeaSerializer(many=True, read_only=True)
    next = NextField()


class SimilarSerializer(serializers.Serializer[Any]):
    """Ideas that may be the same, most alike first."""

    results = IdeaSerializer(many=True, read_only=True)


class NewIdeaSerializer(serializers.Serializer[Any]):
    """An idea to post."""

    title = LineField(max_length=200)
    body = TextField(max_length=20_000, default="", allow_blank=True, help_text="Markdown.")
    board = BoardField(help_text="The slug of a board that takes new ideas.")
    language = serializers.ChoiceField(
        settings.LANGUAGES, required=False, help_text="What it is written in; else your language."
    )
    tags = TagsField(max_length=MOST_TAGS, default=list)
    draft = serializers.BooleanField(default=False, help_text="Keep it to yourself for now.")


class ChangeIdeaSerializer(serializers.Serializer[Any]):
    """What to change in an idea."""

    title = LineField(max_length=200, required=False)
    body = TextField(max_length=20_000, required=False, allow_blank=True, help_text="Markdown.")
    tags = TagsField(max_length=MOST_TAGS, required=False)
    board = BoardField(required=False, help_text="Of a draft only.")
    language = serializers.ChoiceField(
        settings.LANGUAGES, required=False, help_text="Of a draft only."
    )
    draft = serializers.BooleanField(required=False, help_text="`false` posts a draft.")
    note = LineField(
        max_length=200, required=False, allow_blank=True, help_text="What changed, for readers."
    )
    version = serializers.IntegerField(
        required=False, help_text="The version that you read; needed once the idea is posted."
    )
    draft_version = serializers.IntegerField(
        required=False,
        help_text="Of a draft: what you read. If somebody saved since, it is refused as `stale`.",
    )


class PreviewSerializer(serializers.Serializer[Any]):
    """A text to look at."""

    body = TextField(max_length=20_000, allow_blank=True, help_text="Markdown.")


class PreviewedSerializer(serializers.Serializer[Any]):
    """How it will look."""

    html = serializers.CharField(read_only=True)


class SupportSerializer(serializers.Serializer[Any]):
    """Your support, and how many members support the idea."""

    idea = serializers.IntegerField(read_only=True)
    state = serializers.ChoiceField(SUPPORT_STATES, read_only=True)
    voided_because = serializers.CharField(
        read_only=True, help_text="The public reason if your support was voided; else empty."
    )
    supporters = serializers.IntegerField(read_only=True)


class FollowSerializer(serializers.Serializer[Any]):
    """Whether you hear what becomes of an idea."""

    following = serializers.BooleanField(read_only=True)


class RevisionSerializer(serializers.ModelSerializer[IdeaRevision]):
    """What an idea said in one version."""

    editor = MemberSerializer(read_only=True)

    class Meta:
        model = IdeaRevision
        fields: ClassVar = ["number", "title", "body", "note", "editor", "created_at"]
        read_only_fields: ClassVar = fields


class RevisionPageSerializer(serializers.Serializer[Any]):
    """Some versions of an idea."""

    results = RevisionSerializer(many=True, read_only=True)
    next = NextField()
