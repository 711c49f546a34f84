"""Badges as programs read them."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from community.serializers import MemberSerializer
from community.serializers.members import AddressField
from community.serializers.paging import NextField
from reputation.badges import Badge, Grade


class BadgeSerializer(serializers.Serializer[Badge]):
    """A badge in words."""

    slug = serializers.CharField(read_only=True)
    grade = serializers.ChoiceField(Grade.choices, read_only=True)
    name = serializers.CharField(read_only=True)
    what = serializers.CharField(read_only=True, help_text="What it stands for.")
    how = serializers.CharField(read_only=True, help_text="What has to happen for it.")
    repeatable = serializers.BooleanField(
        read_only=True, help_text="Whether it is earned by each thing anew, or once."
    )
    url = serializers.SerializerMethodField()

    def get_url(self, badge: Badge) -> str:
        page = reverse("reputation:badge", args=[badge.slug])
        address: str = self.context["request"].build_absolute_uri(page)
        return address


class CountedBadgeSerializer(serializers.Serializer[Any]):
    """A badge, and how many have it."""

    badge = BadgeSerializer(read_only=True)
    members = serializers.IntegerField(
        source="tally.members", read_only=True, help_text="Who has it, listed or not."
    )
    awards = serializers.IntegerField(
        source="tally.awards", read_only=True, help_text="How many times it was earned by them."
    )


class NamedSerializer(serializers.Serializer[Any]):
    """Something by its title."""

    title = serializers.CharField(read_only=True)
    url = AddressField()


class HeldSerializer(serializers.Serializer[Any]):
    """How often somebody has a badge, and what for."""

    times = serializers.IntegerField(source="holding.times", read_only=True)
    latest_at = serializers.DateTimeField(source="holding.latest_at", read_only=True)
    latest_for = NamedSerializer(
        source="named", read_only=True, allow_null=True,
        help_text="Where it is had for a thing, and you may see that.",
    )  # fmt: skip


class HolderSerializer(HeldSerializer):
    """Somebody who has a badge."""

    member = MemberSerializer(source="holding.member", read_only=True)


class HolderPageSerializer(serializers.Serializer[Any]):
    """Some of those who have a badge."""

    results = HolderSerializer(many=True, read_only=True)
    next = NextField()


class BadgeOfMemberSerializer(HeldSerializer):
    """A badge that a member has."""

    badge = BadgeSerializer(read_only=True)
