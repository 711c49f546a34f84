from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from community.models import Member
from reputation import policies, services
from reputation.models import Vouch

MEANING = _(
    "Trust along friendships begins at those whom the team knows. It says which cases of votes to "
    "look at first, and changes no vote."
)


class VouchForm(forms.ModelForm[Vouch]):
    """`by` is set by the admin."""

    by: Member

    class Meta:
        model = Vouch
        fields = ["member", "why"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if member := said.get("member"):
            verdict = policies.can_vouch(self.by, member)
            if not verdict:
                self.add_error("member", verdict.reason)
        return said


@admin.register(Vouch)
class VouchAdmin(ModelAdmin):
    """Made and ended here, never changed."""

    form = VouchForm
    list_display = ["member", "by", "why", "made_at", "ended_at"]
    list_select_related = ["member", "by"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter)]
    search_fields = ["member__handle", "member__display_name"]
    autocomplete_fields = ["member"]
    ordering = ["-id"]
    show_full_result_count = False
    actions = ["end"]

    def get_fieldsets(self, request: HttpRequest, obj: Vouch | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ["member", "why"], "description": MEANING})]
        return [(None, {"fields": ["member", "by", "why", "made_at", "ended_at"]})]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.by = request.user
        return form

    def has_change_permission(self, request: HttpRequest, obj: Vouch | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Vouch | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Vouch | None = None) -> bool:
        return bool(request.user.has_perm("reputation.view_vouch"))

    def save_form(
        self,
        request: HttpRequest,
        form: ModelForm[Vouch],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> Vouch:
        """The service writes."""
        assert isinstance(request.user, Member)
        said = form.cleaned_data
        made = services.vouch(member=said["member"], by=request.user, why=said["why"])
        form.instance = made
        form.save_m2m = lambda: None  # type: ignore[method-assign]
        return made

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        """Written already."""

    @admin.action(description=_("Vouch for them no more"), permissions=["end"])
    def end(self, request: HttpRequest, queryset: QuerySet[Vouch]) -> None:
        for vouch in queryset:
            services.end_vouch(vouch=vouch)
        words = ngettext("%d vouch was ended.", "%d vouches were ended.", len(queryset))
        self.message_user(request, words % len(queryset), messages.SUCCESS)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("reputation.change_vouch"))
