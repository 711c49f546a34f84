"""What a team keeps to itself about ideas, for its own programs."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.serializers import AddressField, LineField, MemberSerializer, TextField
from community.serializers.forum import TagsField
from community.serializers.paging import NextField
from ideas.lanes import DUE, LANES, PAGE
from ideas.models import Idea, Note, Review, SavedView, TeamDeed
from ideas.models.review import HIGHEST, LONGEST_QUERY, LOWEST
from ideas.serializers.boards import BoardNameSerializer, TeamSerializer
from ideas.serializers.ideas import MOST_IDEAS, POSTED


class QueueSerializer(serializers.Serializer[Any]):
    """What the review queue can be asked for."""

    lane = serializers.ChoiceField(list(LANES), default=DUE.code)
    board = serializers.CharField(required=False, max_length=50, help_text="Its slug.")
    status = serializers.ChoiceField(POSTED, required=False)
    assignee = serializers.CharField(
        required=False, max_length=31, help_text="A handle, `me`, or `none` for nobody."
    )
    tag = serializers.CharField(required=False, max_length=100, help_text="Its slug.")
    supporters = serializers.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, help_text="At least so many."
    )
    q = LineField(required=False, max_length=200, help_text="Words to find.")
    since = serializers.DateField(required=False, help_text="Posted on this day or later.")
    until = serializers.DateField(required=False, help_text="Posted on this day or earlier.")
    limit = serializers.IntegerField(default=PAGE, min_value=1, max_value=MOST_IDEAS)


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """How the team sees an idea."""

    team = TeamSerializer(
        read_only=True, allow_null=True, help_text="In charge, if not the board's own team."
    )
    assignee = MemberSerializer(read_only=True, allow_null=True)
    priority = serializers.FloatField(
        read_only=True, allow_null=True, help_text="impact × confidence × fit ÷ effort"
    )

    class Meta:
        model = Review
        fields: ClassVar = [
            "team", "assignee", "impact", "effort", "confidence", "fit", "priority", "version",
        ]  # fmt: skip
        read_only_fields: ClassVar = fields


class QueuedIdeaSerializer(serializers.ModelSerializer[Idea]):
    """An idea as a row of the queue shows it."""

    url = AddressField(source="get_absolute_url")
    board = BoardNameSerializer(read_only=True)
    author = MemberSerializer(read_only=True)
    supporters = serializers.IntegerField(source="tally.supports", read_only=True)
    comments = serializers.IntegerField(source="tally.comments", read_only=True)
    open_points = serializers.IntegerField(
        read_only=True, help_text="Questions and concerns that nobody has resolved."
    )
    due_at = serializers.DateTimeField(
        source="tally.due_at", read_only=True, allow_null=True, help_text="The next promise."
    )
    seen_at = serializers.DateTimeField(
        source="tally.seen_at", read_only=True, allow_null=True, help_text="By the team, first."
    )
    review = serializers.SerializerMethodField()

    class Meta:
        model = Idea
        fields: ClassVar = [
            "id", "url", "title", "board", "author", "language", "status", "supporters", "comments",
            "open_points", "opened_at", "due_at", "seen_at", "review",
        ]  # fmt: skip
        read_only_fields: ClassVar = fields

    @extend_schema_field(ReviewSerializer(allow_null=True))
    def get_review(self, idea: Idea) -> Any:
        review = getattr(idea, "review", None)
        return ReviewSerializer(review, context=self.context).data if review else None


class ReviewedIdeaSerializer(QueuedIdeaSerializer):
    """An idea of the queue by itself."""

    notes = serializers.IntegerField(
        source="notes_kept", read_only=True, help_text="How many notes the team keeps."
    )

    class Meta(QueuedIdeaSerializer.Meta):
        fields: ClassVar = [*QueuedIdeaSerializer.Meta.fields, "notes"]
        read_only_fields: ClassVar = fields


class QueuePageSerializer(serializers.Serializer[Any]):
    """Some ideas of a lane."""

    results = QueuedIdeaSerializer(many=True, read_only=True)
    next = NextField()


def _score() -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=LOWEST, max_value=HIGHEST, allow_null=True, default=None
    )


VERSION = "The version of the review that you read; 0 if there was none."


class ScoresSerializer(serializers.Serializer[Any]):
    """The four scores; those left out are taken away."""

    impact = _score()
    effort = _score()
    confidence = _score()
    fit = _score()
    version = serializers.IntegerField(min_value=0, help_text=VERSION)


class AssignmentSerializer(serializers.Serializer[Any]):
    """Who looks after an idea."""

    assignee = serializers.CharField(
        max_length=31, allow_null=True, default=None, help_text="A handle; null for nobody."
    )
    team = serializers.CharField(
        max_length=50, allow_null=True, default=None, help_text="A slug; null for the board's team."
    )
    version = serializers.IntegerField(min_value=0, help_text=VERSION)


class ReviewTagsSerializer(serializers.Serializer[Any]):
    """Tags to add and to remove."""

    add = TagsField(default=list)
    remove = TagsField(default=list)


class NoteSerializer(serializers.ModelSerializer[Note]):
    """A private note of the team."""

    author = MemberSerializer(read_only=True)

    class Meta:
        model = Note
        fields: ClassVar = ["id", "author", "body", "body_html", "written_at"]
        read_only_fields: ClassVar = fields


class NotePageSerializer(serializers.Serializer[Any]):
    """Some notes."""

    results = NoteSerializer(many=True, read_only=True)
    next = NextField()


class NewNoteSerializer(serializers.Serializer[Any]):
    """A note to keep."""

    body = TextField(max_length=5000, help_text="Markdown.")


class SavedViewSerializer(serializers.ModelSerializer[SavedView]):
    """A view of the queue that somebody keeps under a name."""

    owner = MemberSerializer(read_only=True)
    team = TeamSerializer(read_only=True, allow_null=True, help_text="Whom it is shared with.")
    query = serializers.CharField(
        read_only=True, help_text="What the queue is asked for, as in an address."
    )

    class Meta:
        model = SavedView
        fields: ClassVar = ["id", "name", "owner", "team", "query", "created_at"]
        read_only_fields: ClassVar = fields


class SavedViewPageSerializer(serializers.Serializer[Any]):
    """Some views."""

    results = SavedViewSerializer(many=True, read_only=True)
    next = NextField()


class ViewChangeSerializer(serializers.Serializer[Any]):
    """What a view is called, and whom it is shared with."""

    name = LineField(max_length=60)
    team = serializers.CharField(
        max_length=50, allow_null=True, default=None, help_text="A slug of yours; null for nobody."
    )


class NewViewSerializer(ViewChangeSerializer):
    """A view to keep."""

    query = serializers.CharField(
        max_length=LONGEST_QUERY,
        default="",
        allow_blank=True,
        help_text="As in `lane=top&board=charging`. What makes no sense of it is left out.",
    )


class DeedSerializer(serializers.ModelSerializer[TeamDeed]):
    """Something that somebody of a team did."""

    member = MemberSerializer(read_only=True, allow_null=True)
    detail = serializers.DictField(read_only=True)

    class Meta:
        model = TeamDeed
        fields: ClassVar = ["id", "member", "kind", "detail", "happened_at"]
        read_only_fields: ClassVar = fields


class DeedPageSerializer(serializers.Serializer[Any]):
    """Some deeds."""

    results = DeedSerializer(many=True, read_only=True)
    next = NextField()
