"""Terms and privacy policy: written here, published once, and from then on as they are."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from community import services
from community.errors import Refused
from community.forms.publishing import PublishForm
from community.models import Member, PolicyVersion
from community.models.policy import PolicyKind


class Published(ModelAdmin):
    """Drafts can be changed and thrown away; what is published is looked at."""

    list_display = ["number", "effective_at", "published_at"]
    ordering = ["-number"]
    readonly_fields = ["published_at", "effective_at"]
    actions_detail = ["publish"]

    def has_change_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        is_draft = obj is None or obj.published_at is None
        return is_draft and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        is_draft = obj is None or obj.published_at is None
        return is_draft and bool(super().has_delete_permission(request, obj))

    def has_publish_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        draft = self.get_queryset(request).filter(pk=object_id, published_at=None)
        return bool(super().has_change_permission(request)) and draft.exists()

    def put_in_force(
        self, version: PolicyVersion, effective_at: datetime | None, by: Member
    ) -> None:
        """Publish it by its service. Raises Refused."""
        services.publish_policy(version=version, effective_at=effective_at, by=by)

    @action(description=_("Publish"), url_path="publish", permissions=["publish"])  # type: ignore[untyped-decorator]
    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """From when it holds; then it stands, and members are told."""
        version = get_object_or_404(self.get_queryset(request), pk=object_id)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        back = reverse(name, args=[object_id])
        form = PublishForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            context = {"form": form, "version": version, "back": back, "title": _("Publish")}
            context = self.admin_site.each_context(request) | context | {"opts": self.opts}
            return TemplateResponse(request, "admin/community/publish.html", context)
        assert isinstance(request.user, Member)
        try:
            self.put_in_force(version, form.effective_at, request.user)
        except Refused as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("Published: %(policy)s") % {"policy": version})
        return redirect(back)

    def view_on_site(self, version: PolicyVersion) -> str | None:
        return version.get_absolute_url() if version.published_at else None


@admin.register(PolicyVersion)
class PolicyVersionAdmin(Published):
    list_display = ["kind", "number", "effective_at", "published_at"]
    list_filter = ["kind"]
    ordering = ["kind", "-number"]
    fields = [
        "kind", "number", "text_en", "text_de", "changes_en", "changes_de", "published_at",
        "effective_at",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[PolicyVersion]:
        """The house rules have clauses, and so an admin of their own."""
        rows: QuerySet[PolicyVersion] = super().get_queryset(request)
        return rows.exclude(kind=PolicyKind.RULES)

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "kind":
            kwargs["choices"] = [kind for kind in PolicyKind.choices if kind[0] != PolicyKind.RULES]
        return super().formfield_for_choice_field(db_field, request, **kwargs)
