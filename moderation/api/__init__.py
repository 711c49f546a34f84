"""The part of `/api/v1/` that is about moderation."""

from django.urls import path

from moderation.api.rules import Rules

urlpatterns = [path("rules/", Rules.as_view(), name="rules")]
