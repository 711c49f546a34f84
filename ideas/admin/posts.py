"""Ideas, comments, decisions and supports are looked at; tags are kept."""

from typing import Any

import taggit.admin  # noqa: F401  # registers the Tag that is registered anew below
from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from unfold.admin import ModelAdmin

from community import text
from community.admin.looking import LookedAt, Moderated
from ideas.models import Comment, Decision, DecisionTemplate, Idea, IdeaTag, Support
from ideas.status import Status

SHORT = 100

admin.site.unregister(Tag)


@admin.register(Idea)
class IdeaAdmin(Moderated):
    list_display = ["title", "board", "author", "status", "supporters", "shown", "opened_at"]
    list_filter = ["status", "board", "language", ("hidden_at", admin.EmptyFieldListFilter)]
    list_select_related = ["board", "author", "tally"]
    search_fields = ["title", "author__handle", "author__display_name"]
    fieldsets = [
        (None, {"fields": ["title", "body", "labels"]}),
        (_("Where it stands"), {"fields": ["board", "status", "supporters", "earlier_supporters"]}),
        (_("Promise"), {
                "fields": [
                    "threshold_reached_at", "answer_due_at", "answered_at", "clock_paused_at",
                    "promise_withdrawn_at", "reply_due_at", "replied_at",
                ]
            }),
        (
            _("Origin"),
            {
                "fields": [
                    "author", "language", "opened_at", "edited_at", "source_url", "external_id",
                ]
            },
        ),
        (_("Moderation"), {"fields": ["hidden_at"]}),
    ]  # fmt: skip
    readonly_fields = ["supporters", "labels"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Idea]:
        """Without drafts, which are nobody's but their authors'."""
        rows: QuerySet[Idea] = super().get_queryset(request)
        return rows.exclude(status=Status.DRAFT).defer("body_html")

    @admin.display(description=_("supporters"), ordering="tally__supports")
    def supporters(self, idea: Idea) -> int:
        return idea.tally.supports

    @admin.display(description=_("tags"))
    def labels(self, idea: Idea) -> str:
        return ", ".join(sorted(idea.tags.names()))


@admin.register(Comment)
class CommentAdmin(Moderated):
    list_display = ["short_body", "kind", "author", "idea", "shown", "created_at"]
    list_filter = ["kind", ("hidden_at", admin.EmptyFieldListFilter)]
    list_select_related = ["author", "idea"]
    search_fields = ["body", "author__handle", "author__display_name"]
    fields = [
        "idea", "parent", "author", "team", "kind", "body", "created_at", "edited_at",
        "resolved_at", "resolved_by", "helpful", "unhelpful", "hidden_at",
    ]  # fmt: skip

    def view_on_site(self, thing: Comment) -> str:
        return thing.get_absolute_url()

    @admin.display(description=_("comment"))
    def short_body(self, comment: Comment) -> str:
        return text.cut(text.one_line(comment.body), SHORT)


@admin.register(Decision)
class DecisionAdmin(LookedAt):
    list_display = ["idea", "from_status", "to_status", "member", "team", "origin", "created_at"]
    list_filter = ["to_status", "origin", "team", "reason"]
    list_select_related = ["idea", "member", "team"]
    search_fields = ["idea__title", "statement", "member__handle"]
    exclude = ["statement_html"]


@admin.register(DecisionTemplate)
class DecisionTemplateAdmin(ModelAdmin):
    list_display = ["name", "to_status", "reason", "language"]
    list_filter = ["to_status", "reason", "language"]
    search_fields = ["name", "statement"]


@admin.register(Support)
class SupportAdmin(LookedAt):
    list_display = ["idea", "member", "state", "cause", "created_at", "counted_at"]
    list_filter = ["state", "cause"]
    list_select_related = ["idea", "member"]
    search_fields = ["member__handle", "member__display_name", "idea__title"]


@admin.register(Tag)
class TagAdmin(ModelAdmin):
    list_display = ["name", "slug", "ideas"]
    search_fields = ["name"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        uses = IdeaTag.objects.filter(tag=OuterRef("pk")).order_by().values("tag")
        count = Subquery(uses.annotate(count=Count("pk")).values("count"))
        rows: QuerySet[Tag] = super().get_queryset(request)
        counted: QuerySet[Tag] = rows.annotate(uses=Coalesce(count, 0))
        return counted

    @admin.display(description=_("ideas"), ordering="uses")
    def ideas(self, tag: Any) -> int:
        return int(tag.uses)
