"""What members are told, and what they choose about it, as programs see it."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community import told, wording
from community.cursors import LARGEST_ID
from community.models.choice import Delivery
from community.serializers.members import AddressField, MemberSerializer


def is_group(code: str) -> None:
    """Raise ValidationError unless there is such a group."""
    if wording.group(code) is None:
        raise serializers.ValidationError(_("There is no such group of notifications."))


class AskNotificationsSerializer(serializers.Serializer[Any]):
    """What a list of notifications can be asked for."""

    unread = serializers.BooleanField(default=False, help_text="The unread alone.")
    group = serializers.CharField(
        required=False,
        validators=[is_group],
        help_text="Those of one group alone; its code stands in `me/notification-choices/`.",
    )
    together = serializers.BooleanField(
        default=False,
        help_text="What reads as one line on the page is put together.",
    )


class NotificationSerializer(serializers.Serializer[Any]):
    """A line: one notification, or the newest of those that are told together."""

    id = serializers.IntegerField(source="newest.pk")
    ids = serializers.ListField(
        child=serializers.IntegerField(), help_text="All that the line tells of, newest first."
    )
    kind = serializers.CharField(source="newest.kind")
    group = serializers.SerializerMethodField(
        help_text="The group that you choose about; `other` for none."
    )
    topic = serializers.CharField(
        source="newest.topic", help_text="What it is about, such as `idea:12`; it can be muted."
    )
    sentence = serializers.CharField(help_text="What happened, in your language.")
    subject = serializers.CharField(source="newest.subject")
    excerpt = serializers.CharField(source="newest.excerpt")
    url = AddressField(source="newest.url")
    actor = MemberSerializer(source="newest.actor", allow_null=True)
    created_at = serializers.DateTimeField(source="newest.created_at")
    read_at = serializers.DateTimeField(
        source="newest.read_at", allow_null=True, help_text="Null while it is unread."
    )

    @extend_schema_field(serializers.CharField)
    def get_group(self, line: told.Line) -> str:
        return wording.group_of(line.newest.kind).code


class NotificationPageSerializer(serializers.Serializer[Any]):
    results = NotificationSerializer(many=True)
    next = serializers.URLField(
        read_only=True,
        allow_null=True,
        help_text="The address of the next page; null on the last one.",
    )


class UnreadCountSerializer(serializers.Serializer[Any]):
    """How many are unread."""

    unread = serializers.IntegerField(help_text="Counted up to 99.")


class MarkSerializer(serializers.Serializer[Any]):
    """Which notifications are read, or unread, from now on."""

    read = serializers.BooleanField(default=True)
    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID),
        required=False,
        allow_empty=False,
        max_length=told.MOST_MARKED,
        help_text="Those alone; without them all are marked as read.",
    )
    upto = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="Without `ids`: none that is newer than this one, which you may not have seen.",
    )

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if not sent["read"] and "ids" not in sent:
            raise serializers.ValidationError({"ids": [_("Say which ones are unread.")]})
        return sent


class GroupSerializer(serializers.Serializer[Any]):
    """What is chosen about as one."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # becomes a field, no attribute
    hint = serializers.CharField()
    default = serializers.ChoiceField(
        Delivery.choices, source="delivery", help_text="How it comes unless you choose."
    )


class ChoicesSerializer(serializers.Serializer[Any]):
    """How and when a member is told. Everything is on the page, whatever was chosen."""

    mails = serializers.BooleanField(help_text="Whether any of it comes by e-mail.")
    deliveries = serializers.DictField(
        child=serializers.ChoiceField(Delivery.choices),
        help_text="How each group comes, by its code. Groups that are left out stay as they are.",
    )
    digest_hour = serializers.IntegerField(
        min_value=0, max_value=23, help_text="When daily and weekly e-mails come, on your clock."
    )
    quiet_from = serializers.TimeField(
        allow_null=True, format="%H:%M", help_text="No e-mail from then on, on your clock."
    )
    quiet_until = serializers.TimeField(
        allow_null=True, format="%H:%M", help_text="Until then. Both are set, or none."
    )
    time_zone = serializers.CharField(read_only=True, help_text="Your clock; see `me/`.")
    mail_stopped_at = serializers.DateTimeField(
        read_only=True,
        allow_null=True,
        help_text="Since when your address refuses e-mail; see `me/mail-stop/`.",
    )
    groups = GroupSerializer(many=True, read_only=True)


class MutedTopicSerializer(serializers.Serializer[Any]):
    """Something about which no e-mail comes."""

    topic = serializers.CharField(help_text="Such as `idea:12`.")
    subject = serializers.CharField(help_text="What it is called; empty if you were never told.")
    url = AddressField(allow_null=True)
    muted_at = serializers.DateTimeField()


class MutedTopicListSerializer(serializers.Serializer[Any]):
    results = MutedTopicSerializer(many=True)
