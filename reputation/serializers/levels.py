"""Trust levels for programs: the public table, and how far somebody has got."""

from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from community.trust import Privileges
from reputation.demands import Measure


class BarSerializer(serializers.Serializer[Any]):
    """One number that is asked for."""

    measure = serializers.ChoiceField(choices=Measure.choices, read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment] # becomes a field
    asked = serializers.IntegerField(read_only=True)


class ReachedSerializer(BarSerializer):
    """The same, and how much of it there is."""

    has = serializers.IntegerField(read_only=True)
    is_met = serializers.BooleanField(read_only=True)


class AskedSerializer(serializers.Serializer[Any]):
    """All of some numbers, and one of others where there are any."""

    all_of = BarSerializer(many=True, read_only=True)
    one_of = BarSerializer(many=True, read_only=True)


class ProgressSerializer(serializers.Serializer[Any]):
    """The same, with how much of each there is."""

    all_of = ReachedSerializer(many=True, read_only=True)
    one_of = ReachedSerializer(many=True, read_only=True)


class PrivilegesSerializer(serializers.Serializer[Privileges]):
    """What a level may do."""

    links = serializers.IntegerField(read_only=True, help_text="To other sites, in one text.")
    images = serializers.IntegerField(read_only=True, help_text="In one idea.")
    support_budget = serializers.IntegerField(
        read_only=True, help_text="Supports at a time, on boards with a budget."
    )
    requests_a_day = serializers.IntegerField(read_only=True)
    requests_waiting = serializers.IntegerField(read_only=True)
    edit_tags = serializers.BooleanField(
        read_only=True, help_text="Whether one may sort ideas of others by their tags."
    )

    def to_representation(self, instance: Privileges) -> dict[str, Any]:
        return asdict(instance)


class LevelSerializer(serializers.Serializer[Any]):
    """A trust level: what takes a member there, what keeps them there, and what it brings."""

    number = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    is_by_hand = serializers.BooleanField(read_only=True, help_text="Given and taken by people.")
    asked = AskedSerializer(read_only=True, allow_null=True)
    keeps = AskedSerializer(
        read_only=True, allow_null=True, help_text="Below this, it is lost after a time of grace."
    )
    privileges = PrivilegesSerializer(source="may", read_only=True)


class LevelsSerializer(serializers.Serializer[Any]):
    """All trust levels."""

    rules = serializers.IntegerField(read_only=True, help_text="The version of the demands.")
    small_site = serializers.BooleanField(
        read_only=True, help_text="Whether everything is asked for by half, as the site is small."
    )
    levels = LevelSerializer(many=True, read_only=True)


class TrustSerializer(serializers.Serializer[Any]):
    """Where you stand."""

    level = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    next_level = serializers.IntegerField(read_only=True, allow_null=True)
    asked = ProgressSerializer(
        read_only=True, allow_null=True, help_text="By the next level that numbers lead to."
    )
    keeps = ProgressSerializer(
        read_only=True, allow_null=True, help_text="By the level that you have, to stay there."
    )
    grace_ends_at = serializers.DateTimeField(
        source="grace.ends_at", default=None, read_only=True, allow_null=True,
        help_text="Catch up by then, or the level is lost.",
    )  # fmt: skip
    privileges = PrivilegesSerializer(source="may", read_only=True)
