"""Hiding what members wrote with a reason, and showing them again."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from community import text
from community.errors import Refused
from community.models import Member
from moderation import policies, services
from moderation.forms import LiftForm, RestrictionForm
from moderation.models import KINDS, Restriction, title_of

SHORT = 80


@admin.register(Restriction)
class RestrictionAdmin(ModelAdmin):
    list_display = ["thing", "author", "short_reason", "moderator", "imposed_at", "in_force"]
    list_display_links = ["short_reason"]
    list_filter = [("lifted_at", admin.EmptyFieldListFilter), "imposed_at"]
    search_fields = ["reason", "idea__title", "topic__title", "moderator__handle"]
    ordering = ["-id"]
    show_full_result_count = False
    form = RestrictionForm
    add_fieldsets = [(None, {"fields": ["thing", "clause", "reason", "spam"]})]
    fieldsets = [
        (None, {"fields": ["page", "author", "reason", "spam", "moderator", "imposed_at"]}),
        (_("Shown again"), {"fields": ["lifted_at", "lifted_by", "lift_reason"]}),
    ]
    readonly_fields = ["page", "author"]
    actions_detail = ["lift"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Restriction]:
        rows = Restriction.objects.for_list().select_related(*(f"{kind}__author" for kind in KINDS))
        return rows.order_by(*self.ordering)

    def get_fieldsets(self, request: HttpRequest, obj: Restriction | None = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was imposed stands; it is lifted by a deed of its own."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        code = get_permission_codename("view", self.opts)
        return bool(request.user.has_perm(f"{self.opts.app_label}.{code}"))

    def has_lift_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        restriction = Restriction.objects.for_list().filter(pk=object_id).first()
        assert isinstance(request.user, Member)
        return restriction is not None and bool(policies.can_lift(request.user, restriction))

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.moderator = request.user
        return form

    def save_form(
        self,
        request: HttpRequest,
        form: ModelForm[Restriction],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> Restriction:
        """The service writes, so that the deed, its reason and its event are one."""
        assert isinstance(request.user, Member)
        said = form.cleaned_data
        made = services.restrict(
            thing=said["thing"],
            by=request.user,
            reason=said["reason"],
            clause=said["clause"],
            spam=said["spam"],
        )
        form.instance = made
        form.save_m2m = lambda: None  # type: ignore[method-assign]
        return made

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        """Written already."""

    @action(description=_("Show again"), url_path="lift", permissions=["lift"])  # type: ignore[untyped-decorator]
    def lift(self, request: HttpRequest, object_id: str) -> HttpResponse:
        restriction = get_object_or_404(Restriction.objects.for_list(), pk=object_id)
        form = LiftForm(request.POST or None)
        back = redirect(reverse("admin:moderation_restriction_change", args=[object_id]))
        if not form.is_valid():
            context = {"form": form, "restriction": restriction, "title": _("Show again")}
            context = self.admin_site.each_context(request) | context | {"opts": self.opts}
            return TemplateResponse(request, "moderation/lift.html", context)
        assert isinstance(request.user, Member)
        try:
            services.lift(
                restriction=restriction, by=request.user, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            messages.error(request, refused.reason)
            return back
        messages.success(request, _("It is shown again, and its author is told why."))
        return back

    @admin.display(description=_("What"))
    def thing(self, restriction: Restriction) -> str:
        return _shown(restriction)

    @admin.display(description=_("Page"))
    def page(self, restriction: Restriction) -> str:
        thing = restriction.thing
        return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), _shown(restriction))

    @admin.display(description=_("Author"))
    def author(self, restriction: Restriction) -> str:
        return str(restriction.thing.author)

    @admin.display(description=_("Reason"))
    def short_reason(self, restriction: Restriction) -> str:
        return text.cut(restriction.reason, SHORT)

    @admin.display(description=_("in force"), boolean=True, ordering="lifted_at")
    def in_force(self, restriction: Restriction) -> bool:
        return restriction.lifted_at is None


def _shown(restriction: Restriction) -> str:
    words = {
        "comment": _("Comment on “%(title)s”"),
        "topic": _("Topic “%(title)s”"),
        "reply": _("Reply to “%(title)s”"),
    }
    title = title_of(restriction.thing)
    said = words.get(restriction.kind)
    return str(said % {"title": title}) if said else title
