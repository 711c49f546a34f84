from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from activity.admin import ReadOnly
from community import text
from community.admin.looking import CappedPaginator
from community.errors import Refused
from community.models import Member
from moderation import policies, services
from moderation.desk.presets import PRESETS, SPAM
from moderation.forms import DecisionForm
from moderation.looking import look
from moderation.models import Case, CaseState

SHORT = 60
HANDLING = {
    "claim": (services.claim, _("The case is in your hands.")),
    "release": (services.release, _("The case is open to others again.")),
}


class Waiting(admin.SimpleListFilter):
    """What waits, the most urgent first, unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*CaseState.choices, ("mine", _("In my hands")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [first | {"display": _("Open or claimed")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        asked = self.value()
        if asked == "all":
            return queryset
        if asked == "mine":
            return queryset.filter(state=CaseState.CLAIMED, claimed_by=request.user.pk)
        if asked in CaseState:
            return queryset.filter(state=asked)
        return queryset.exclude(state=CaseState.DECIDED)


@admin.register(Case)
class CaseAdmin(ReadOnly):
    list_display = ["number", "what", "kind", "author", "score", "due", "state", "claimed_by"]
    list_display_links = ["number", "what"]
    list_filter = [Waiting, "kind", "language", "source"]
    list_select_related = ["author", "claimed_by"]
    search_fields = ["title", "author__handle"]
    ordering = ["due_at", "id"]
    paginator = CappedPaginator
    show_full_result_count = False
    actions = ["remove_as_spam"]

    def get_urls(self) -> "list[URLPattern | URLResolver]":
        deed = require_POST(self.admin_site.admin_view(self.deed))
        own = path("<int:pk>/<slug:deed>/do/", deed, name="moderation_case_deed")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Nothing of it can be changed, so that it is a page with deeds and no form of its row."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request, get_object_or_404(self._whole(), pk=object_id))

    def _whole(self) -> QuerySet[Case]:
        return Case.objects.with_thing().select_related("claimed_by", "author")

    def _page(
        self, request: HttpRequest, case: Case, form: DecisionForm | None = None, error: str = ""
    ) -> HttpResponse:
        viewer, shown = request.user, look(case)
        assert isinstance(viewer, Member)
        form = form or DecisionForm(initial={"clause": shown.clause})
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Case %(number)s") % {"number": case.pk},
            "look": shown,
            "form": form,
            "presets": PRESETS.values(),
            "can_claim": policies.can_claim(viewer, case),
            "can_release": policies.can_release(viewer, case),
            "can_decide": policies.can_decide(viewer, case),
            "error": error,
        }
        status = 422 if error or form.errors else 200
        return TemplateResponse(request, "admin/moderation/case.html", context, status=status)

    def deed(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Claim, release, decide, or decide by a preset. Refused, the page says why and keeps what
        was typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        case, by = get_object_or_404(self._whole(), pk=pk), request.user
        assert isinstance(by, Member)
        form = DecisionForm(request.POST if deed == "decide" else None)
        if deed == "decide" and not form.is_valid():
            return self._page(request, case, form)
        try:
            done = self._do(deed, case, by, form)
        except Refused as refused:
            case = get_object_or_404(self._whole(), pk=pk)
            return self._page(request, case, form, refused.reason)
        messages.success(request, done)
        return redirect(self._next(case, deed))

    def _do(self, deed: str, case: Case, by: Member, form: DecisionForm) -> Any:
        if deed in HANDLING:
            service, words = HANDLING[deed]
            service(case=case, by=by)
            return words
        if deed != "decide" and deed not in PRESETS:
            raise PermissionDenied
        said = form.cleaned_data if deed == "decide" else PRESETS[deed].finding(case)
        services.decide(case=case, by=by, **said)
        return _("Decided. Whom it concerns is told.")

    def _next(self, case: Case, deed: str) -> str:
        """Back to the case, or once it is decided to what waits."""
        if deed in HANDLING:
            return reverse("admin:moderation_case_change", args=[case.pk])
        return reverse("admin:moderation_case_changelist")

    @admin.action(description=_("Remove as spam, one decision each"), permissions=["judge"])
    def remove_as_spam(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        """Each in a transaction of its own: one that is refused keeps no other."""
        by = request.user
        assert isinstance(by, Member)
        done = 0
        for case in queryset.select_related("author").order_by("pk"):
            try:
                services.decide(case=case, by=by, **SPAM.finding(case))
                done += 1
            except Refused as refused:
                messages.error(request, f"#{case.pk}: {refused.reason}")
        words = ngettext("%d case decided as spam.", "%d cases decided as spam.", done)
        messages.success(request, words % done)

    def has_judge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(policies.MAY_JUDGE)

    @admin.display(description=_("case"), ordering="id")
    def number(self, case: Case) -> str:
        return f"#{case.pk}"

    @admin.display(description=_("what"))
    def what(self, case: Case) -> str:
        return text.cut(case.title, SHORT)

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, case: Case) -> SafeString | str:
        shown = timezone.localtime(case.due_at).strftime("%Y-%m-%d %H:%M")
        if case.state != CaseState.DECIDED and case.due_at < timezone.now():
            return format_html("<strong>{} · {}</strong>", shown, _("overdue"))
        return shown
