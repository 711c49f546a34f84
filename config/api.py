"""`/api/v1/`: every app's part of it, the schema, and how it says no."""

from typing import Any

urlpatterns: list[Any] = []
