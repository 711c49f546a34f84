from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from community.errors import Refused
from community.models import Member
from reputation import policies
from reputation.desk.evidence import Listed
from reputation.looking import Look, look
from reputation.models import Case, CaseState, Detector
from reputation.models.cases import RUNNING
from reputation.services import judging

DEEDS = {
    "claim": _("The case is in your hands."),
    "release": _("The case is open to others again."),
    "dismiss": _("The case is closed as a false alarm. The same votes open none again."),
}
# Longer addresses are cut on the way; the case alone says as much.
LONGEST = 3_000


class Running(admin.SimpleListFilter):
    """What waits, unless something else is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*CaseState.choices, ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [first | {"display": _("Open or claimed")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        if self.value() == "all":
            return queryset
        states = [self.value()] if self.value() in CaseState else RUNNING
        return queryset.filter(state__in=states)


class FoundBy(admin.SimpleListFilter):
    title = _("detector")
    parameter_name = "detector"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Detector.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return queryset.filter(detectors__contains=[self.value()]) if self.value() else queryset


@admin.register(Case)
class CaseAdmin(Listed):
    list_display = [
        "number",
        "found_by",
        "member_count",
        "vote_count",
        "score",
        "opened_at",
        "state",
        "claimed_by",
    ]
    list_filter = [Running, FoundBy]
    list_select_related = ["claimed_by"]
    ordering = ["-score", "-id"]

    def get_urls(self) -> "list[URLPattern | URLResolver]":
        deed = require_POST(self.admin_site.admin_view(self.deed))
        own = path("<int:pk>/<str:deed>/do/", deed, name="reputation_case_deed")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Nothing of it can be changed, so that it is a page and no form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        cases = Case.objects.select_related("claimed_by")
        return self._page(request, get_object_or_404(cases, pk=object_id))

    def _page(
        self, request: HttpRequest, case: Case, reason: str = "", error: str = ""
    ) -> HttpResponse:
        viewer = request.user
        assert isinstance(viewer, Member)
        shown = look(case, viewer)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Case %(number)s") % {"number": case.pk},
            "look": shown,
            "detectors": [Detector(name).label for name in case.detectors],
            "can_claim": policies.can_claim_case(viewer, case),
            "can_release": policies.can_release_case(viewer, case),
            "can_dismiss": policies.can_dismiss_case(viewer, case),
            "void_url": _void_url(shown) if viewer.has_perm("ideas.add_voiding") else "",
            "reason": reason,
            "error": error,
        }
        return TemplateResponse(request, "admin/reputation/case.html", context)

    def deed(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """One of DEEDS; refused, the page says why and keeps what was typed."""
        case, by = get_object_or_404(Case, pk=pk), request.user
        assert isinstance(by, Member)
        if deed not in DEEDS or not self.has_view_permission(request):
            raise PermissionDenied
        said = {"reason": request.POST.get("reason", "")} if deed == "dismiss" else {}
        try:
            getattr(judging, deed)(case=case, by=by, **said)
        except Refused as refused:
            case = Case.objects.select_related("claimed_by").get(pk=pk)
            return self._page(request, case, said.get("reason", ""), str(refused.reason))
        messages.success(request, DEEDS[deed])
        return redirect(reverse("admin:reputation_case_change", args=[pk]))

    @admin.display(description=_("case"), ordering="id")
    def number(self, case: Case) -> str:
        return f"#{case.pk}"

    @admin.display(description=_("found by"))
    def found_by(self, case: Case) -> str:
        return ", ".join(str(Detector(name).label).partition(":")[0] for name in case.detectors)


def _void_url(shown: Look) -> str:
    """To the voiding of these votes, a page of ideas: the way there is an address."""
    members, ideas = (",".join(map(str, numbers)) for numbers in shown.ids)
    page = f"{reverse('admin:index')}ideas/voiding/add/"
    whole = urlencode({"members": members, "ideas": ideas, "case": shown.case.pk}, safe=",")
    return f"{page}?{whole if len(whole) < LONGEST else urlencode({'case': shown.case.pk})}"
