"""Boards and tags are kept here; ideas, comments, decisions and supports are looked at."""

from functools import cached_property
from typing import Any

import taggit.admin  # noqa: F401  # registers the Tag that is registered anew below
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from unfold.admin import ModelAdmin
from unfold.decorators import action

from activity.admin import ReadOnly
from community import text
from ideas.models import Board, Comment, Decision, DecisionTemplate, Idea, IdeaTag, Support
from ideas.status import Status

SHORT = 100
MOST_COUNTED = 10_000

admin.site.unregister(Tag)


class CappedPaginator(Paginator[Any]):
    """Counts no further than anybody pages, so that a list of millions opens at once."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows[:MOST_COUNTED].count()


class LookedAt(ReadOnly):
    """A long list of what members wrote or did, the newest first."""

    ordering = ["-id"]
    paginator = CappedPaginator
    show_full_result_count = False

    def view_on_site(self, thing: Any) -> str:
        return str(getattr(thing, "idea", thing).get_absolute_url())


class Moderated(LookedAt):
    """Something that moderation can hide. The way there is an address: moderation stands above."""

    actions_detail = ["hide", "show_again"]

    @action(description=_("Hide with a reason"), url_path="hide", permissions=["hide"])  # type: ignore[untyped-decorator]
    def hide(self, request: HttpRequest, object_id: str) -> HttpResponse:
        thing = f"{self.opts.model_name}-{object_id}"
        return redirect(reverse("admin:moderation_restriction_add", query={"thing": thing}))

    @action(description=_("Show again"), url_path="show-again", permissions=["show_again"])  # type: ignore[untyped-decorator]
    def show_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        query = {f"{self.opts.model_name}__id__exact": object_id, "lifted_at__isempty": "1"}
        return redirect(reverse("admin:moderation_restriction_changelist", query=query))

    def has_hide_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        may = request.user.has_perm("moderation.add_restriction")
        return may and not self._is_hidden(object_id)

    def has_show_again_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        may = request.user.has_perm("moderation.change_restriction")
        return may and self._is_hidden(object_id)

    def _is_hidden(self, object_id: Any) -> bool:
        things: QuerySet[Any] = self.model._default_manager.filter(pk=object_id)
        return things.filter(hidden_at__isnull=False).exists()

    @admin.display(description=_("shown"), boolean=True, ordering="hidden_at")
    def shown(self, thing: Idea | Comment) -> bool:
        return thing.hidden_at is None


@admin.register(Board)
class BoardAdmin(ModelAdmin):
    list_display = ["name", "team", "accepts_ideas", "promise", "position"]
    list_filter = ["team", "accepts_ideas"]
    list_select_related = ["team"]
    search_fields = ["name", "description"]
    autocomplete_fields = ["team"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "description", "team", "position", "accepts_ideas"]}),
        (
            _("Promise"),
            {
                "fields": ["answer_threshold", "answer_days"],
                "description": _(
                    "What the team promises here. The clock starts when an idea reaches the "
                    "support; ideas whose clock runs keep their date."
                ),
            },
        ),
        (_("Second look"), {"fields": ["reopen_threshold"]}),
        (_("Second person"), {"fields": ["needs_second_person"]}),
        (_("Limits"), {"fields": ["uses_budget"]}),
    ]

    @admin.display(description=_("promise"))
    def promise(self, board: Board) -> str:
        words = _("%(supporters)d supporters: answered within %(days)d days")
        return words % {"supporters": board.answer_threshold, "days": board.answer_days}


@admin.register(Idea)
class IdeaAdmin(Moderated):
    list_display = ["title", "board", "author", "status", "supporters", "shown", "opened_at"]
    list_filter = ["status", "board", "language", ("hidden_at", admin.EmptyFieldListFilter)]
    list_select_related = ["board", "author", "tally"]
    search_fields = ["title", "author__handle", "author__display_name"]
    fieldsets = [
        (None, {"fields": ["title", "body", "labels"]}),
        (_("Where it stands"), {"fields": ["board", "status", "supporters", "earlier_supporters"]}),
        (_("Promise"), {"fields": ["threshold_reached_at", "answer_due_at", "answered_at"]}),
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
