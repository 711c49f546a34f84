from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from activity.admin import ReadOnly
from community import text
from community.admin.looking import CappedPaginator
from community.errors import Refused
from community.models import Member
from moderation import policies, services
from moderation.forms import AnswerForm
from moderation.looking import look
from moderation.models import Case, Complaint, ComplaintOutcome

SHORT = 60


class Unanswered(admin.SimpleListFilter):
    """Those that wait, unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*ComplaintOutcome.choices, ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [first | {"display": _("Waiting")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Complaint]) -> QuerySet[Complaint]:
        if self.value() == "all":
            return queryset
        if self.value() in ComplaintOutcome:
            return queryset.filter(outcome=self.value())
        return queryset.filter(decided_at=None)


@admin.register(Complaint)
class ComplaintAdmin(ReadOnly):
    list_display = ["number", "what", "member", "filed_at", "due_at", "first_decider", "outcome"]
    list_display_links = ["number", "what"]
    list_filter = [Unanswered]
    list_select_related = ["statement__decision__case", "member", "first_decider"]
    search_fields = ["member__handle"]
    ordering = ["due_at", "id"]
    paginator = CappedPaginator
    show_full_result_count = False

    def get_urls(self) -> "list[URLPattern | URLResolver]":
        answer = require_POST(self.admin_site.admin_view(self.answer))
        own = path("<int:pk>/answer/", answer, name="moderation_complaint_answer")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request, self._found(object_id), AnswerForm())

    def _found(self, pk: Any) -> Complaint:
        return get_object_or_404(Complaint.objects.for_list(), pk=pk)

    def _page(
        self, request: HttpRequest, complaint: Complaint, form: AnswerForm, error: str = ""
    ) -> HttpResponse:
        viewer = request.user
        assert isinstance(viewer, Member)
        case = Case.objects.with_thing().get(pk=complaint.statement.decision.case_id)
        complaint.statement.decision.case = case
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Complaint %(number)s") % {"number": complaint.pk},
            "complaint": complaint,
            "look": look(case),
            "form": form,
            "can_decide": policies.can_decide_complaint(viewer, complaint),
            "error": error,
        }
        status = 422 if error or form.errors else 200
        return TemplateResponse(request, "admin/moderation/complaint.html", context, status=status)

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Uphold or reject. Refused, the page says why and keeps what was typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        complaint, by, form = self._found(pk), request.user, AnswerForm(request.POST)
        assert isinstance(by, Member)
        if not form.is_valid():
            return self._page(request, complaint, form)
        upheld = form.cleaned_data["outcome"] == ComplaintOutcome.UPHELD
        try:
            services.decide_complaint(
                complaint=complaint, by=by, upheld=upheld, answer=form.cleaned_data["answer"]
            )
        except Refused as refused:
            return self._page(request, self._found(pk), form, refused.reason)
        messages.success(request, _("Answered. Whoever complained is told."))
        return redirect(reverse("admin:moderation_complaint_changelist"))

    @admin.display(description=_("complaint"), ordering="id")
    def number(self, complaint: Complaint) -> str:
        return f"#{complaint.pk}"

    @admin.display(description=_("what"))
    def what(self, complaint: Complaint) -> str:
        return text.cut(complaint.statement.decision.case.title, SHORT)
