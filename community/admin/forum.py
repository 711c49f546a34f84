"""Spaces are kept here; topics and replies are looked at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community import text
from community.admin.looking import Moderated
from community.models import Reply, Space, Topic

SHORT = 100


@admin.register(Space)
class SpaceAdmin(ModelAdmin):
    list_display = ["name", "team", "opened_by", "position"]
    list_filter = ["team", "opened_by"]
    list_select_related = ["team"]
    search_fields = ["name", "description"]
    autocomplete_fields = ["team"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "description", "team", "opened_by", "position"]


@admin.register(Topic)
class TopicAdmin(Moderated):
    list_display = ["title", "kind", "space", "author", "replies", "shown", "created_at"]
    list_filter = ["kind", "space", "language", ("hidden_at", admin.EmptyFieldListFilter)]
    list_select_related = ["space", "author", "tally"]
    search_fields = ["title", "author__handle", "author__display_name"]
    fields = [
        "title", "body", "kind", "space", "author", "team", "language", "created_at", "edited_at",
        "closed_at", "closed_by", "hidden_at",
    ]  # fmt: skip

    @admin.display(description=_("replies"), ordering="tally__replies")
    def replies(self, topic: Topic) -> int:
        return topic.tally.replies


@admin.register(Reply)
class ReplyAdmin(Moderated):
    list_display = ["short_body", "author", "topic", "shown", "created_at"]
    list_filter = [
        ("accepted_at", admin.EmptyFieldListFilter),
        ("hidden_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["author", "topic"]
    search_fields = ["body", "author__handle", "author__display_name"]
    fields = [
        "topic", "quotes", "author", "team", "body", "created_at", "edited_at", "accepted_at",
        "accepted_by", "helpful", "unhelpful", "solved", "hidden_at",
    ]  # fmt: skip

    @admin.display(description=_("reply"))
    def short_body(self, reply: Reply) -> str:
        return text.cut(text.one_line(reply.body), SHORT)
