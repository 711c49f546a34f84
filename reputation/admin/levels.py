from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activity.admin import ReadOnly
from community import trust
from community.models import Member
from reputation import policies, services
from reputation.demands import Measure
from reputation.forms import AppointmentForm, Deed
from reputation.models import Grace, TrustChange


@admin.register(TrustChange)
class TrustChangeAdmin(ReadOnly):
    """Who came to which level, and by what. The highest is given and taken here."""

    list_display = ["member", "step", "numbers", "by", "changed_at"]
    list_select_related = ["member", "by"]
    list_filter = ["after", ("by", admin.EmptyFieldListFilter), "changed_at"]
    search_fields = ["member__handle", "member__display_name"]
    ordering = ["-id"]
    show_full_result_count = False
    autocomplete_fields = ["member"]
    form = AppointmentForm
    add_fieldsets = [(None, {"fields": ["member", "deed", "reason"]})]
    fieldsets = [(None, {"fields": ["member", "step", "numbers", "by", "reason", "changed_at"]})]
    readonly_fields = ["step", "numbers", "by", "changed_at"]

    def get_fieldsets(self, request: HttpRequest, obj: TrustChange | None = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(policies.MAY_APPOINT))

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.by = request.user
        return form

    def save_form(
        self,
        request: HttpRequest,
        form: ModelForm[TrustChange],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> TrustChange:
        """The service writes, so that the level, its row and its event are one."""
        assert isinstance(request.user, Member)
        said = form.cleaned_data
        deed = services.appoint if said["deed"] == Deed.GIVE else services.dismiss
        form.instance = deed(member=said["member"], by=request.user, reason=said["reason"])
        form.save_m2m = lambda: None  # type: ignore[method-assign]
        return form.instance

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        """Written already."""

    @admin.display(description=_("trust level"), ordering="after")
    def step(self, change: TrustChange) -> str:
        before, after = (trust.NAMES[level] for level in (change.before, change.after))
        return f"TL{change.before} {before} → TL{change.after} {after}"

    @admin.display(description=_("evidence"))
    def numbers(self, change: TrustChange) -> str:
        # Rows from before the second version have them flat.
        counted = change.evidence.get("counted", change.evidence)
        known = {measure.value: measure.label for measure in Measure}
        parts = (f"{known[name]}: {number}" for name, number in counted.items() if name in known)
        return " · ".join(parts)


@admin.register(Grace)
class GraceAdmin(ReadOnly):
    """Who is about to lose the level that can be lost."""

    list_display = ["member", "began_at", "ends_at"]
    list_select_related = ["member"]
    search_fields = ["member__handle", "member__display_name"]
    ordering = ["ends_at"]
    show_full_result_count = False
