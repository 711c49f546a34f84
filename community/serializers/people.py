"""Profiles, friends and requests as programs see them."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.models import Profile, ProfileLink
from community.models.profile import MOST_LINKS
from community.models.sight import Visibility
from community.pages import LONGEST, is_page
from community.serializers.members import LineField, MemberSerializer, TextField
from community.serializers.paging import NextField
from community.services.profiles import LONGEST_TAG, MOST_TAGS

LEVELS = [level.name.lower() for level in Visibility]
BONDS = ["none", "sent", "received", "friends"]


class LinkSerializer(serializers.ModelSerializer[ProfileLink]):
    """A page elsewhere; `verified_at` since it links back with rel=me."""

    class Meta:
        model = ProfileLink
        fields: ClassVar = ["url", "verified_at"]
        read_only_fields: ClassVar = fields


class ProfileSerializer(MemberSerializer):
    """A member as far as they show themselves to whoever asks: null is what they do not."""

    bio = serializers.SerializerMethodField()
    bio_html = serializers.SerializerMethodField()
    location = serializers.SerializerMethodField()
    tags = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()
    is_blocked = serializers.BooleanField(
        read_only=True, help_text="Whether you blocked them; then you see no more than the name."
    )

    class Meta(MemberSerializer.Meta):
        fields: ClassVar = [
            *MemberSerializer.Meta.fields,
            "bio",
            "bio_html",
            "location",
            "tags",
            "links",
            "is_blocked",
        ]
        read_only_fields: ClassVar = fields

    def _shown(self, member: Any, part: str) -> bool:
        return not member.is_blocked and member.shows(part)

    def get_bio(self, member: Any) -> str | None:
        return member.profile.bio if self._shown(member, "bio") else None

    def get_bio_html(self, member: Any) -> str | None:
        return member.profile.bio_html if self._shown(member, "bio") else None

    def get_location(self, member: Any) -> str | None:
        return member.profile.location if self._shown(member, "location") else None

    def get_tags(self, member: Any) -> list[str] | None:
        if not self._shown(member, "tags"):
            return None
        return sorted(tag.name for tag in member.profile.tags.all())

    @extend_schema_field(LinkSerializer(many=True, allow_null=True))
    def get_links(self, member: Any) -> Any:
        if not self._shown(member, "links"):
            return None
        return LinkSerializer(member.links.all(), many=True).data


class LevelField(serializers.ChoiceField):
    """Who sees a part: everyone, members, friends, me."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LEVELS, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        return Visibility[super().to_internal_value(data).upper()]

    def to_representation(self, value: Any) -> Any:
        return Visibility(value).name.lower()


class VisibilitySerializer(serializers.Serializer[Any]):
    """Who sees which part of the profile; `found`: by the directory and by suggestions;
    `ranked`: named on leaderboards."""

    bio = LevelField(source="bio_for")
    location = LevelField(source="location_for")
    links = LevelField(source="links_for")
    tags = LevelField(source="tags_for")
    supports = LevelField(source="supports_for")
    comments = LevelField(source="comments_for")
    friends = LevelField(source="friends_for")
    found = LevelField(source="found_for")
    ranked = LevelField(source="ranked_for")


class ChangeVisibilitySerializer(serializers.Serializer[Any]):
    """Parts that are not named stay as they are."""

    bio = LevelField(required=False)
    location = LevelField(required=False)
    links = LevelField(required=False)
    tags = LevelField(required=False)
    supports = LevelField(required=False)
    comments = LevelField(required=False)
    friends = LevelField(required=False)
    found = LevelField(required=False)
    ranked = LevelField(required=False)


class OwnProfileSerializer(serializers.ModelSerializer[Profile]):
    """What you say of yourself, and who sees it."""

    tags = serializers.SerializerMethodField()
    links = LinkSerializer(source="member.links", many=True, read_only=True)
    visibility = VisibilitySerializer(source="*", read_only=True)

    class Meta:
        model = Profile
        fields: ClassVar = ["bio", "bio_html", "location", "tags", "links", "visibility"]
        read_only_fields: ClassVar = fields

    def get_tags(self, profile: Profile) -> list[str]:
        return sorted(tag.name for tag in profile.tags.all())


def _is_page(url: str) -> None:
    try:
        is_page(url)
    except DjangoValidationError as error:
        raise serializers.ValidationError(error.messages) from error


class ChangeProfileSerializer(serializers.Serializer[Any]):
    """What changes of your profile; the rest stays."""

    bio = TextField(required=False, allow_blank=True, max_length=2000, help_text="Markdown.")
    location = LineField(required=False, allow_blank=True, max_length=80)
    tags = serializers.ListField(
        child=LineField(max_length=LONGEST_TAG), required=False, max_length=MOST_TAGS
    )
    links = serializers.ListField(
        child=LineField(max_length=LONGEST, validators=[_is_page]),
        required=False,
        max_length=MOST_LINKS,
        help_text="Addresses that begin with https://.",
    )
    visibility = ChangeVisibilitySerializer(required=False)

    def validate_tags(self, tags: list[str]) -> list[str]:
        return list(dict.fromkeys(tag.lower() for tag in tags))


class FindSerializer(serializers.Serializer[Any]):
    """Whom to look for. What members hide from you does not find them."""

    q = LineField(required=False, max_length=80, help_text="Of a name or a handle.")
    tag = serializers.CharField(required=False, max_length=100, help_text="Its slug.")
    place = LineField(required=False, max_length=80)


class MemberPageSerializer(serializers.Serializer[Any]):
    """Some members."""

    results = MemberSerializer(many=True, read_only=True)
    next = NextField()


class FriendSerializer(serializers.Serializer[Any]):
    """A friend, and since when."""

    member = MemberSerializer(source="friend", read_only=True)
    since = serializers.DateTimeField(read_only=True)


class FriendPageSerializer(serializers.Serializer[Any]):
    """Some friends."""

    results = FriendSerializer(many=True, read_only=True)
    next = NextField()


class BetweenSerializer(serializers.Serializer[Any]):
    """What stands between you and a member. A request that was declined goes on as `sent`."""

    state = serializers.ChoiceField(BONDS, read_only=True)
    since = serializers.DateTimeField(read_only=True, allow_null=True)
    is_blocked = serializers.BooleanField(read_only=True, help_text="Whether you blocked them.")
    is_muted = serializers.BooleanField(read_only=True, help_text="Whether you muted them.")


class DirectionSerializer(serializers.Serializer[Any]):
    """Which requests."""

    direction = serializers.ChoiceField(["received", "sent"], default="received")


class RequestSerializer(serializers.Serializer[Any]):
    """A request that waits for an answer."""

    member = MemberSerializer(read_only=True)
    asked_at = serializers.DateTimeField(read_only=True)
    mutual_count = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Friends in common, for requests you received."
    )


class RequestPageSerializer(serializers.Serializer[Any]):
    """Some requests."""

    results = RequestSerializer(many=True, read_only=True)
    next = NextField()


class AnswerSerializer(serializers.Serializer[Any]):
    """Yes or no to a request."""

    accept = serializers.BooleanField()


class SuggestionSerializer(serializers.Serializer[Any]):
    """A member you might know, and why."""

    member = MemberSerializer(read_only=True)
    reason = serializers.CharField(read_only=True, help_text="In your language.")


class SuggestionListSerializer(serializers.Serializer[Any]):
    """All suggestions, the best first."""

    results = SuggestionSerializer(many=True, read_only=True)


class DistanceSerializer(serializers.Serializer[Any]):
    """A member who is kept away, and since when."""

    member = MemberSerializer(read_only=True)
    since = serializers.DateTimeField(read_only=True)


class DistancePageSerializer(serializers.Serializer[Any]):
    """Some members who are kept away."""

    results = DistanceSerializer(many=True, read_only=True)
    next = NextField()
