"""Warning and suspending members with a reason, and taking it back."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from community import text
from community.admin.looking import LookedAt
from community.errors import Refused
from community.models import Member
from moderation import services
from moderation.forms import LiftForm, ReasonField
from moderation.models import Clause, Sanction
from moderation.models.clause import GRAVEST, MILDEST
from moderation.models.sanction import LONGEST_LIMIT, LONGEST_SUSPENSION, TIMED, SanctionKind
from moderation.policies import MAY_SANCTION, can_lift_sanction, can_sanction

SHORT = 80
LONGEST = {SanctionKind.LIMIT: LONGEST_LIMIT, SanctionKind.SUSPENSION: LONGEST_SUSPENSION}


class SanctionForm(forms.ModelForm[Sanction]):
    """`by` is set by the admin."""

    by: Member

    hours = forms.IntegerField(
        label=_("For how many hours"),
        help_text=_("Of a limit at most 72, of a suspension a year. 24 is a day, 168 a week."),
        min_value=1,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    reason = ReasonField(
        label=_("Reason"),
        help_text=_("The member will read this. Say what they did, and where."),
    )

    severity = forms.IntegerField(
        label=_("severity"),
        help_text=_("1 mild, 5 grave; empty: what the clause says."),
        min_value=MILDEST,
        max_value=GRAVEST,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
    )

    class Meta:
        model = Sanction
        fields = ("member", "kind", "clause", "severity", "reason", "misuse", "follows")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "clause" in self.fields:
            clauses: Any = self.fields["clause"]
            clauses.queryset = Clause.objects.in_force()

    @property
    def lasts(self) -> timedelta | None:
        hours = self.cleaned_data.get("hours")
        return timedelta(hours=hours) if hours else None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        member, kind = said.get("member"), said.get("kind")
        if member and kind:
            verdict = can_sanction(self.by, member, kind)
            if not verdict:
                self.add_error("member", verdict.reason)
        if kind:
            self._check_hours(kind)
        if said.get("misuse") and kind != SanctionKind.WARNING and not said.get("follows"):
            self.add_error("follows", _("A measure against misuse follows a warning."))
        return said

    def _check_hours(self, kind: str) -> None:
        if (kind in TIMED) is not bool(self.lasts):
            self.add_error("hours", _("Limits and suspensions have an end, the others have none."))
        elif self.lasts and self.lasts > LONGEST[SanctionKind(kind)]:
            self.add_error("hours", _("That is too long."))

    def _post_clean(self) -> None:
        """The row is written by the service, which has all of it."""


@admin.register(Sanction)
class SanctionAdmin(LookedAt):
    """Imposed and lifted by services; none is ever changed or deleted."""

    form = SanctionForm
    list_display = [
        "member",
        "kind",
        "severity",
        "short_reason",
        "imposed_at",
        "until",
        "lifted_at",
    ]
    list_filter = ["kind", "misuse", ("lifted_at", admin.EmptyFieldListFilter), "imposed_at"]
    list_select_related = ["member"]
    search_fields = ["member__handle", "reason"]
    autocomplete_fields = ["member"]
    raw_id_fields = ["follows"]
    actions_detail = ["lift"]
    add_fields = ["member", "kind", "hours", "clause", "severity", "reason", "misuse", "follows"]
    fields = [
        "member", "kind", "clause", "severity", "reason", "misuse", "follows", "by", "imposed_at",
        "until", "strike_until", "lifted_at", "lifted_by", "lift_reason",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_SANCTION))

    def get_fields(self, request: HttpRequest, obj: Sanction | None = None) -> list[str]:
        return self.fields if obj else self.add_fields

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.by = request.user
        return form

    def save_form(
        self,
        request: HttpRequest,
        form: SanctionForm,
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> Sanction:
        """The service writes, so that the deed, its reason and its event are one."""
        assert isinstance(request.user, Member)
        names = ("member", "kind", "clause", "severity", "reason", "misuse", "follows")
        said = {name: form.cleaned_data[name] for name in names}
        made = services.sanction(by=request.user, lasts=form.lasts, **said)
        form.instance = made
        form.save_m2m = lambda: None  # type: ignore[method-assign]
        return made

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        """Written already."""

    def has_lift_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        sanction = Sanction.objects.filter(pk=object_id).first()
        assert isinstance(request.user, Member)
        return sanction is not None and bool(can_lift_sanction(request.user, sanction))

    @action(description=_("Take back"), url_path="lift", permissions=["lift"])  # type: ignore[untyped-decorator]
    def lift(self, request: HttpRequest, object_id: str) -> HttpResponse:
        sanction = get_object_or_404(Sanction.objects.for_list(), pk=object_id)
        form = LiftForm(request.POST or None)
        back = reverse("admin:moderation_sanction_change", args=[object_id])
        if not form.is_valid():
            context = {"form": form, "sanction": sanction, "back": back, "title": _("Take back")}
            context = self.admin_site.each_context(request) | context | {"opts": self.opts}
            return TemplateResponse(request, "admin/moderation/lift_sanction.html", context)
        assert isinstance(request.user, Member)
        try:
            services.lift_sanction(
                sanction=sanction, by=request.user, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("It is taken back, and the member is told why."))
        return redirect(back)

    def view_on_site(self, sanction: Sanction) -> str:
        return str(sanction.member.get_absolute_url())

    @admin.display(description=_("Reason"))
    def short_reason(self, sanction: Sanction) -> str:
        return text.cut(text.one_line(sanction.reason), SHORT)
