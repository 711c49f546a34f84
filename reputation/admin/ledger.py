from typing import Any

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activity.admin import ReadOnly
from community.models import Member
from reputation import services
from reputation.forms import RuleBookForm
from reputation.kinds import Kind
from reputation.models import Entry, Ground, Reversal, RuleBook, Verification


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    list_display = ["id", "member", "points", "kind", "cause", "thing", "thing_id", "occurred_at"]
    list_select_related = ["member"]
    list_filter = ["kind", "cause"]
    search_fields = ["=member__handle", "=batch"]
    ordering = ["-id"]
    show_full_result_count = False


@admin.register(Ground)
class GroundAdmin(ReadOnly):
    list_display = ["id", "member", "kind", "thing", "thing_id", "points", "holds", "since"]
    list_select_related = ["member"]
    list_filter = ["kind", "holds"]
    search_fields = ["=member__handle", "=actor_id"]
    ordering = ["-id"]
    show_full_result_count = False


@admin.register(RuleBook)
class RuleBookAdmin(ReadOnly):
    """A version is added by whoever may, with a reason; none is ever changed."""

    list_display = ["version", "holds_from", "daily_cap", "why", "made_by"]
    form = RuleBookForm
    add_fieldsets = [
        (None, {"fields": ["holds_from", "daily_cap", "why"]}),
        (_("points"), {"fields": Kind.values}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        code = get_permission_codename("add", self.opts)
        return bool(request.user.has_perm(f"{self.opts.app_label}.{code}"))

    def get_fieldsets(self, request: HttpRequest, obj: RuleBook | None = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.add_fieldsets

    def get_fields(self, request: HttpRequest, obj: RuleBook | None = None) -> Any:
        return ["version", "holds_from", "daily_cap", "points", "why", "made_by", "made_at"]

    @admin.display(description=_("points"))
    def points(self, book: RuleBook) -> str:
        lines = book.rules.order_by("pk")
        return ", ".join(f"{rule.get_kind_display()} {rule.points:+d}" for rule in lines)

    def get_readonly_fields(self, request: HttpRequest, obj: RuleBook | None = None) -> Any:
        return ["points"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with what holds now."""
        last = RuleBook.objects.prefetch_related("rules").order_by("-version").first()
        if last is None:
            return {}
        return {"daily_cap": last.daily_cap, **{r.kind: r.points for r in last.rules.all()}}

    def save_form(
        self,
        request: HttpRequest,
        form: RuleBookForm,
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> RuleBook:
        """The service writes, all of it or nothing."""
        assert isinstance(request.user, Member)
        said = {name: form.cleaned_data[name] for name in ("holds_from", "daily_cap", "why")}
        made = services.publish_rules(by=request.user, points=form.points, **said)
        form.instance = made
        form.save_m2m = lambda: None  # type: ignore[method-assign]
        return made

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        """Written already."""


@admin.register(Verification)
class VerificationAdmin(ReadOnly):
    list_display = ["begun_at", "ended_at", "from_log", "sound", "found"]
    ordering = ["-id"]

    @admin.display(description=_("all agrees"), boolean=True)
    def sound(self, done: Verification) -> bool:
        return done.is_sound


@admin.register(Reversal)
class ReversalAdmin(ReadOnly):
    list_display = [
        "id",
        "whose_id",
        "batch",
        "grounds",
        "reason",
        "made_by",
        "made_at",
        "undone_at",
    ]
    list_select_related = ["made_by"]
    ordering = ["-id"]
