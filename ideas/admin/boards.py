"""Boards: what their teams promise, and whether they can keep it."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.models import Member
from ideas.capacity import capacity_of
from ideas.models import Board
from ideas.services import boards


@admin.register(Board)
class BoardAdmin(ModelAdmin):
    list_display = ["name", "team", "accepts_ideas", "promise", "position"]
    list_filter = ["team", "accepts_ideas"]
    list_select_related = ["team"]
    search_fields = ["name", "description"]
    autocomplete_fields = ["team"]
    prepopulated_fields = {"slug": ["name"]}
    change_form_after_template = "admin/ideas/capacity.html"
    fieldsets = [
        (None, {"fields": ["name", "slug", "description", "team", "position", "accepts_ideas"]}),
        (
            _("Promise"),
            {
                "fields": ["answer_threshold", "answer_days", "reply_days", "calendar"],
                "description": _(
                    "What the team promises here. The clock starts when an idea reaches the "
                    "support; ideas whose clock runs keep their date."
                ),
            },
        ),
        (_("Second look"), {"fields": ["reopen_threshold"]}),
        (_("Decisions"), {"fields": ["needs_second_person"]}),
        (_("Limits"), {"fields": ["uses_budget"]}),
    ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """With the load that thresholds would have made."""
        board = get_object_or_404(Board.objects.select_related("team"), pk=object_id)
        context = {"capacity": capacity_of(board), "team": board.team} | (extra_context or {})
        answer: HttpResponse = super().change_view(request, object_id, form_url, context)
        return answer

    @transaction.atomic
    def save_model(
        self, request: HttpRequest, obj: Board, form: ModelForm[Board], change: Any
    ) -> None:
        """New terms are a deed of their own, with consequences."""
        if not change:
            obj.save()
            return
        assert isinstance(request.user, Member)
        said = form.cleaned_data
        if rest := [name for name in form.changed_data if name not in boards.TERMS]:
            obj.save(update_fields=rest)
        terms = {name: said[name] for name in boards.TERMS if name in said}
        boards.change_terms(board=obj, by=request.user, **terms)

    @admin.display(description=_("promise"))
    def promise(self, board: Board) -> str:
        words = _("%(supporters)d supporters: answered within %(days)d days")
        return words % {"supporters": board.answer_threshold, "days": board.answer_days}
