from typing import Any

from rest_framework import serializers


class NextField(serializers.URLField):
    """The address of the next page."""

    def __init__(self, **kwargs: Any) -> None:
        words = "The address of the next page; null on the last one."
        super().__init__(read_only=True, allow_null=True, help_text=words, **kwargs)
