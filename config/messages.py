"""What a page says after a redirect."""

from typing import Any

from django.contrib.messages.storage.fallback import FallbackStorage
from django.utils.html import conditional_escape


class Storage(FallbackStorage):
    """Keeps what a message says as a page shows it: a reason with a link still has it on the next
    page. What knows of no HTML stays text, and is escaped there."""

    def add(self, level: int, message: Any, extra_tags: str | None = "") -> None:
        said = conditional_escape(message) if hasattr(message, "__html__") else message
        super().add(level, said, extra_tags or "")
