from typing import ClassVar

from django.urls import reverse
from rest_framework import serializers

from community.models import Export


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
