"""Members as programs see them, and the text fields that all serializers use."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.fields import empty

from community import text
from community.models import Export, Member
from community.models.member import HANDLE, time_zones


def is_time_zone(name: str) -> None:
    """Raise ValidationError unless it is one of those to choose from."""
    if name not in dict(time_zones()):
        raise serializers.ValidationError(_("There is no such time zone."))


class LineField(serializers.CharField):
    """One line of text, cleaned; what shows nothing counts as blank."""

    def run_validation(self, data: Any = empty) -> Any:
        # Blankness and the validators look at what is kept, not at what was sent.
        return super().run_validation(_shown(text.one_line(data)) if _is_text(data) else data)


class TextField(serializers.CharField):
    """Some lines of text, cleaned; what shows nothing counts as blank."""

    def run_validation(self, data: Any = empty) -> Any:
        return super().run_validation(_shown(text.clean(data)) if _is_text(data) else data)


def _is_text(data: Any) -> bool:
    return isinstance(data, str)


def _shown(words: str) -> str:
    return words if text.is_visible(words) else ""


class AddressField(serializers.URLField):
    """A path of this site as a whole address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        address: str = self.context["request"].build_absolute_uri(str(value))
        return address


class MemberSerializer(serializers.ModelSerializer[Member]):
    """What everybody may know of a member. Who left has no page."""

    url = AddressField(source="get_absolute_url", allow_null=True)
    avatar_url = AddressField()

    class Meta:
        model = Member
        fields: ClassVar = ["handle", "display_name", "url", "avatar_url"]
        read_only_fields: ClassVar = fields

    def to_representation(self, instance: Member) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        return shown | {"url": None} if instance.has_left else shown


class MeSerializer(serializers.ModelSerializer[Member]):
    """What members may know of themselves, and change."""

    display_name = LineField(max_length=80)
    handle = serializers.RegexField(HANDLE, max_length=30)
    time_zone = serializers.CharField(max_length=40, validators=[is_time_zone])
    avatar_url = AddressField()

    class Meta:
        model = Member
        fields: ClassVar = [
            "handle",
            "display_name",
            "email",
            "is_verified",
            "language",
            "time_zone",
            "mails",
            "avatar_url",
            "trust_level",
            "standing",
            "date_joined",
        ]
        read_only_fields: ClassVar = ["email", "trust_level", "standing", "date_joined"]


class ExportSerializer(serializers.ModelSerializer[Export]):
    """A copy of everything about you."""

    download_url = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields: ClassVar = [
            "id",
            "state",
            "asked_at",
            "done",
            "total",
            "size",
            "expires_at",
            "download_url",
        ]
        read_only_fields: ClassVar = fields
        extra_kwargs: ClassVar = {
            "done": {"help_text": "How many kinds of things are written already."},
            "total": {"help_text": "How many there are; 0 until it has begun."},
            "size": {"help_text": "In bytes."},
        }

    def get_download_url(self, export: Export) -> str | None:
        """Null unless it is there to fetch."""
        if not export.is_to_fetch:
            return None
        address = reverse("api:export_file", args=[export.pk])
        return str(self.context["request"].build_absolute_uri(address))
