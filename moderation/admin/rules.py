"""The house rules: a draft is a copy of those before, changed clause by clause, then published."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.admin import StackedInline

from community.admin.policies import Published
from community.errors import Refused
from community.models import Member, PolicyVersion
from moderation import services
from moderation.models import Clause, HouseRules


class ClauseInline(StackedInline):
    model = Clause
    extra = 0
    ordering_field = "position"
    hide_ordering_field = True
    collapsible = True
    fields = [
        ("key", "category", "severity"), ("title_en", "title_de"), ("text_en", "text_de"),
        "position",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest, obj: HouseRules | None = None) -> bool:
        return _is_draft(obj) and bool(super().has_add_permission(request, obj))

    def has_change_permission(self, request: HttpRequest, obj: HouseRules | None = None) -> bool:
        return _is_draft(obj) and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: HouseRules | None = None) -> bool:
        return _is_draft(obj) and bool(super().has_delete_permission(request, obj))


def _is_draft(rules: HouseRules | None) -> bool:
    return rules is None or rules.published_at is None


@admin.register(HouseRules)
class HouseRulesAdmin(Published):
    fields = [
        "number", "text_en", "text_de", "changes_en", "changes_de", "published_at", "effective_at",
    ]  # fmt: skip
    readonly_fields = ["number", *Published.readonly_fields]
    inlines = [ClauseInline]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A version begins as a copy, so that each clause keeps its key."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        newest = HouseRules.objects.order_by("-number").first()
        if newest is not None and newest.published_at is None:
            return redirect(reverse("admin:moderation_houserules_change", args=[newest.pk]))
        if request.method != "POST":
            context = {"newest": newest, "title": self.opts.verbose_name, "opts": self.opts}
            context = self.admin_site.each_context(request) | context
            return TemplateResponse(request, "admin/moderation/new_rules.html", context)
        return self._draft(request)

    def _draft(self, request: HttpRequest) -> HttpResponse:
        assert isinstance(request.user, Member)
        try:
            draft = services.draft_rules(by=request.user)
        except Refused as refused:
            messages.error(request, refused.reason)
            return redirect(reverse("admin:moderation_houserules_changelist"))
        return redirect(reverse("admin:moderation_houserules_change", args=[draft.pk]))

    def put_in_force(
        self, version: PolicyVersion, effective_at: datetime | None, by: Member
    ) -> None:
        assert isinstance(version, HouseRules)
        services.publish_rules(rules=version, effective_at=effective_at, by=by)
